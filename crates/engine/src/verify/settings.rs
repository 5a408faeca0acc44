//! The settings for all verdicts of an engine.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use pep440_rs::VersionSpecifiers;

/// The default limit on the number of processes that tests may have at a time: more than parallel test suites start on large
/// machines, and far fewer than would make a machine unusable.
pub(super) const DEFAULT_PROCESSES: u32 = 1000;

/// The default limit on the size of a file that an exercise's tests may write, in bytes: an endless loop writes hundreds of
/// megabytes in a second.
pub(super) const DEFAULT_FILE: u64 = 1 << 30;

/// The settings for all verdicts of an engine.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The directory for everything that the engine creates for itself: the target directory, the environments.
    pub state_dir: PathBuf,
    /// This program, which tests find in the variable `WR`.
    pub program: PathBuf,
    /// The environment variables for the tools and the tests.
    pub env: BTreeMap<OsString, OsString>,
    /// The interpreter that the user asked for: a path, a name, or a version.
    pub python: Option<String>,
    /// The Python versions that suit the whole course, so that one environment is enough.
    pub preferred_python: Option<VersionSpecifiers>,
    /// A time limit that overrides every other.
    pub time_limit: Option<Duration>,
    /// A time limit for each build that overrides every other.
    pub build_time_limit: Option<Duration>,
    /// How much memory tests may use, in bytes; it overrides every other limit.
    pub memory_limit: Option<u64>,
    /// The version of this runner: another one may judge differently.
    pub runner: String,
    /// Whether a remembered verdict that still holds is reused.
    pub memory: Memory,
    /// Whether another verdict is likely to be asked for soon.
    pub run_mode: RunMode,
}

/// Whether another verdict is likely to be asked for soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunMode {
    /// A single verdict.
    Once,
    /// A verdict on every save: the next one is prepared as soon as one is given.
    Watch,
}

/// Whether remembered results are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// A verdict is reused if nothing has changed.
    Trusted,
    /// Everything is verified from scratch.
    Ignored,
}

//! What holds for all verdicts of an engine.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use pep440_rs::VersionSpecifiers;

/// How many processes tests may have at a time where nobody sets a limit: more than suites that run in parallel on large machines
/// start, and far fewer than make a machine unusable.
pub(super) const DEFAULT_PROCESSES: u32 = 1000;

/// How large a file the tests of an exercise may write where nobody sets a limit, in bytes: a loop that writes fills hundreds
/// of megabytes in a second.
pub(super) const DEFAULT_FILE: u64 = 1 << 30;

/// What holds for all verdicts of an engine.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where everything that the engine makes for itself is kept: the target directory, the environments.
    pub state_dir: PathBuf,
    /// The environment variables for the tools and the tests.
    pub env: BTreeMap<OsString, OsString>,
    /// The interpreter that the user asked for: a path, a name, or a version.
    pub python: Option<String>,
    /// The Pythons that suit the whole course, so that one environment serves all of it.
    pub preferred_python: Option<VersionSpecifiers>,
    /// A time limit that overrides every other.
    pub time_limit: Option<Duration>,
    /// A time limit of each build that overrides every other.
    pub build_time_limit: Option<Duration>,
    /// How much memory tests may hold, in bytes; it overrides every other limit.
    pub memory_limit: Option<u64>,
    /// What this runner is: another version may judge otherwise.
    pub runner: String,
    /// Whether a verdict that still holds is given without looking again.
    pub memory: Memory,
    /// Whether another verdict is likely to be asked for soon.
    pub run_mode: RunMode,
}

/// Whether another verdict is likely to be asked for soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunMode {
    /// One verdict, then the end.
    Once,
    /// A verdict on every save: the next one is prepared as soon as one is given.
    Watch,
}

/// Whether what was found out earlier counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// A verdict that nothing has changed for is given again.
    Trusted,
    /// Everything is verified anew.
    Ignored,
}

//! What is verified: an exercise of a course, or a project, described once and then only read.

mod describe;
mod distribution;
mod entry_points;
mod examples;
mod extension;
mod integration;
pub(crate) mod search;
mod source;
mod survey;
mod wheel;

use std::path::{Path, PathBuf};
use std::time::Duration;

use course::FailingTest;
use diagnostic::Diagnostic;
use pep440_rs::VersionSpecifiers;

use crate::requirements::Requirements;

pub use describe::{SubjectError, exercise, is_project, project, python_of_course};
pub use distribution::Distribution;
pub(crate) use entry_points::Script;
pub use extension::{Extension, RustTests};
pub(crate) use source::{find_defined, rust_sources, shown_source};
pub use survey::{Survey, survey};
pub use wheel::WheelProject;

/// The default time limit of a test run.
pub const DEFAULT_TIME_LIMIT: Duration = Duration::from_mins(1);

/// The default time limit of a verification command: such commands often compile first.
pub const DEFAULT_COMMAND_LIMIT: Duration = Duration::from_mins(15);

/// The default time limit of each build of an exercise. The first one compiles PyO3.
pub const DEFAULT_BUILD_LIMIT: Duration = Duration::from_mins(10);

/// The same for a project, which may have hundreds of dependencies to compile.
pub const PROJECT_BUILD_LIMIT: Duration = Duration::from_hours(1);

/// What is verified.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone)]
pub struct Subject {
    /// The name in verdicts: `chapter/exercise`, or the project's name.
    pub name: String,
    /// Its directory.
    pub root: PathBuf,
    /// What has to be done to verify it.
    pub kind: Kind,
    /// How long its tests may run.
    pub time_limit: Duration,
    /// How long each build of it may take.
    pub build_time_limit: Duration,
    /// How much memory its tests may use, in bytes, if limited.
    pub memory_limit: Option<u64>,
    /// How many processes its tests may have at a time, if limited.
    pub process_limit: Option<u32>,
    /// How large a file its tests may write, in bytes, if limited.
    pub file_limit: Option<u64>,
    /// The Python versions that it supports, with the manifest that says so.
    pub requires_python: Option<(PathBuf, VersionSpecifiers)>,
    /// The packages that its Python tests need.
    pub requirements: Requirements,
    /// Whether to check the Python tools although the subject itself doesn't need them.
    pub check_tools: bool,
    /// Whether its tests seem to run cargo, directly or through maturin.
    pub tests_run_cargo: bool,
    /// The tests that have to pass; a skipped one doesn't count.
    pub must_pass: Vec<FailingTest>,
    /// The course's own settings for it, which have to be as its author shipped them.
    pub settings: Vec<PathBuf>,
    /// Protected files that were changed, according to the course.
    pub tampered: Vec<Diagnostic>,
    /// Whether its author wrote hints for it.
    pub has_hints: bool,
    /// Whether it has anything to do with Python, so that advice may mention Python.
    pub knows_python: bool,
    /// Whether the project manages its own environment, or `wr` does, as in a course.
    pub environment: EnvironmentPolicy,
}

/// Which virtual environment the tests run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnvironmentPolicy {
    /// One that `wr` manages.
    Kept,
    /// The project's own if there is one (`.venv`, or the active one), otherwise one that `wr` manages.
    OwnFirst,
}

/// What kind of thing a subject is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A Python extension module.
    Extension(Box<Extension>),
    /// A project whose wheel only maturin can build.
    Wheel(WheelProject),
    /// A Rust crate.
    Rust(RustCrate),
    /// Only Python.
    Python(PythonTests),
    /// Commands that the course defines.
    Commands(Commands),
}

/// A Rust crate that is verified by its own tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RustCrate {
    /// Its `Cargo.toml`.
    pub manifest: PathBuf,
    /// Whether `cargo test` runs examples in its documentation.
    pub has_doctests: bool,
    /// Whether every target is built before the tests run, because courses rely on it: programs that tests start, benches,
    /// examples.
    pub builds_all_targets: bool,
    /// Whether its programs embed Python through PyO3: they are linked with libpython.
    pub embeds_python: bool,
}

/// A suite of Python tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PythonTests {
    /// Where pytest starts.
    pub root: PathBuf,
    /// Directories to put on `sys.path`.
    pub paths: Vec<PathBuf>,
    /// Further arguments for pytest.
    pub args: Vec<String>,
    /// Whether anything suggests tests: a file that looks like one, a pytest configuration, or arguments. pytest decides which
    /// tests there are; this only distinguishes a project without tests from one whose tests pytest ignored.
    pub are_expected: bool,
}

/// The commands of a course that defines its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commands {
    /// The manifest to build first, if the course asks for that.
    pub build_first: Option<PathBuf>,
    /// The commands in order: program and arguments.
    pub commands: Vec<(String, Vec<String>)>,
}

impl Subject {
    /// Whether verifying it needs Python.
    pub fn needs_python(&self) -> bool {
        self.check_tools
            || self.embeds_python()
            || matches!(
                self.kind,
                Kind::Extension(_) | Kind::Wheel(_) | Kind::Python(_)
            )
    }

    /// Whether it's a Rust crate whose programs embed Python.
    pub(crate) fn embeds_python(&self) -> bool {
        matches!(&self.kind, Kind::Rust(rust) if rust.embeds_python)
    }

    /// The directories that its Python tests find on `sys.path`.
    pub(crate) fn python_paths(&self) -> &[PathBuf] {
        let tests = match &self.kind {
            Kind::Extension(extension) => Some(&extension.tests),
            Kind::Wheel(project) => Some(&project.tests),
            Kind::Python(tests) => Some(tests),
            Kind::Rust(_) | Kind::Commands(_) => None,
        };
        tests.map_or(&[], |tests| &tests.paths)
    }

    /// A path as users see it: relative to the subject's root if it's inside.
    pub fn shown(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.root).unwrap_or(path);
        if shown.as_os_str().is_empty() {
            ".".to_owned()
        } else {
            shown.display().to_string()
        }
    }
}

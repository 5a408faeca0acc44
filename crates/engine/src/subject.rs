//! What is verified: an exercise of a course, or a project, described once and then only read.

mod describe;
mod distribution;
mod entry_points;
mod examples;
mod extension;
pub(crate) mod search;
mod source;
mod survey;
mod wheel;

use std::path::{Path, PathBuf};
use std::time::Duration;

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

/// The time limit of a run of tests where nobody sets another.
pub const DEFAULT_TIME_LIMIT: Duration = Duration::from_mins(1);

/// The time limit of a verification command where nobody sets another: such commands often compile first.
pub const DEFAULT_COMMAND_LIMIT: Duration = Duration::from_mins(15);

/// The time limit of each build of an exercise where nobody sets another. The first one compiles PyO3.
pub const DEFAULT_BUILD_LIMIT: Duration = Duration::from_mins(10);

/// The same for a project, which may have hundreds of dependencies to compile.
pub const PROJECT_BUILD_LIMIT: Duration = Duration::from_hours(1);

/// What is verified.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The name that verdicts carry: `chapter/exercise`, or the project's name.
    pub name: String,
    /// The directory that holds it.
    pub root: PathBuf,
    /// What has to be done to verify it.
    pub kind: Kind,
    /// How long its tests may run.
    pub time_limit: Duration,
    /// How long each build of it may take.
    pub build_time_limit: Duration,
    /// How much memory its tests may hold, in bytes, where a limit is set.
    pub memory_limit: Option<u64>,
    /// How many processes its tests may have at a time, where a limit is set.
    pub process_limit: Option<u32>,
    /// How large a file its tests may write, in bytes, where a limit is set.
    pub file_limit: Option<u64>,
    /// Which Pythons it is written for, with the manifest that says so.
    pub requires_python: Option<(PathBuf, VersionSpecifiers)>,
    /// What its Python tests need installed.
    pub requirements: Requirements,
    /// Whether the Python tools are looked at though nothing of the subject needs them.
    pub check_tools: bool,
    /// The tests that have to pass, whatever others there are: skipped is not enough.
    pub must_pass: Vec<String>,
    /// The course's own settings for it, which are to be as its author shipped them.
    pub settings: Vec<PathBuf>,
    /// What the course says was changed although it is not the learner's to change.
    pub tampered: Vec<Diagnostic>,
    /// Whether its author wrote hints for it.
    pub has_hints: bool,
    /// Whether it has anything to do with Python, so that advice may speak of it.
    pub knows_python: bool,
    /// Whether its environment is its own affair, as in a project, or `wr`'s, as in a course.
    pub environment: EnvironmentPolicy,
}

/// Whose virtual environment the tests run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnvironmentPolicy {
    /// One that `wr` makes and keeps.
    Kept,
    /// The project's own where there is one (`.venv`, or the active one), else one that `wr` makes.
    OwnFirst,
}

/// What kind of thing a subject is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A Python extension module.
    Extension(Box<Extension>),
    /// A project whose wheel only maturin can make.
    Wheel(WheelProject),
    /// A Rust crate.
    Rust(RustCrate),
    /// Python alone.
    Python(PythonTests),
    /// Commands that the course names.
    Commands(Commands),
}

/// A Rust crate that is verified by its own tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RustCrate {
    /// Its `Cargo.toml`.
    pub manifest: PathBuf,
    /// Whether `cargo test` runs examples in its documentation.
    pub has_doctests: bool,
    /// Whether every target is built before the tests run, as courses rely on: programs that tests start, benches, examples.
    pub builds_all_targets: bool,
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
    /// Whether there is anything that asks for tests: a file that looks like one, a configuration of pytest, or arguments. Which
    /// tests there are is pytest's to say; this only tells a project without tests from one whose tests pytest passed over.
    pub are_expected: bool,
}

/// The commands of a course that brings its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commands {
    /// The manifest to build first, where the course wants that.
    pub build_first: Option<PathBuf>,
    /// The commands in their order: program and arguments.
    pub commands: Vec<(String, Vec<String>)>,
}

impl Subject {
    /// Whether Python takes part in verifying it.
    pub fn needs_python(&self) -> bool {
        self.check_tools
            || matches!(
                self.kind,
                Kind::Extension(_) | Kind::Wheel(_) | Kind::Python(_)
            )
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

    /// A path as it is shown: relative to the subject's root where it lies inside.
    pub fn shown(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.root).unwrap_or(path);
        if shown.as_os_str().is_empty() {
            ".".to_owned()
        } else {
            shown.display().to_string()
        }
    }
}

//! Compiles with cargo, always in the same way, so that nothing is compiled twice without need.

mod apart;
mod cargo;
mod claim;
mod config_file;
pub(crate) mod dep_info;
mod ending;
mod ledger;
mod messages;
mod ordinary;
mod overrides;
pub(crate) mod printed;
mod rendered;

use std::path::PathBuf;

use diagnostic::{Diagnostic, SourceLocation};

pub(crate) use apart::{Apart, SHARED as PROFILE};
pub(crate) use cargo::{
    BuildOptions, Cargo, PythonLink, SHIELDED_FROM, Target, TestsOf, environment,
};
pub(crate) use claim::claim;
pub(crate) use config_file::write as write_pyo3_config;
pub(crate) use ending::explain_failure;
pub(crate) use ledger::{compiled_from, record_later_commands};
pub use messages::compiler_errors;
pub(crate) use ordinary::build_dir as ordinary_build_dir;
pub(crate) use overrides::tests_may_differ;
pub(crate) use rendered::excerpt;

/// A compiler error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompilerError {
    /// The message, without its place.
    pub message: String,
    /// The package that was compiled, if it's a third-party dependency that the user can't change.
    pub dependency: Option<Package>,
    /// Its number, such as `E0308`.
    pub number: Option<String>,
    /// Its first place, with the text of the line.
    pub place: Option<(SourceLocation, String)>,
    /// What rustc writes below that place.
    pub label: Option<String>,
    /// rustc's notes and suggestions, in order.
    pub notes: Vec<Note>,
    /// The complete error as rustc renders it, with terminal colours; file names are in the same form as in the places.
    pub rendered: String,
}

/// A third-party package, in the version that is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What rustc adds to an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text.
    pub text: String,
    /// What to write, if it suggests a single piece of text.
    pub proposal: Option<String>,
    /// The line after the suggestion, if that only adds to one of the user's lines.
    pub with_additions: Option<String>,
}

/// A file that cargo built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The target's name.
    pub target: String,
    /// The kind of target, such as `cdylib`, `lib`, `test`.
    pub kinds: Vec<String>,
    /// The files.
    pub files: Vec<PathBuf>,
    /// The program, of a binary or a test.
    pub executable: Option<PathBuf>,
    /// Whether it is built as a test.
    pub is_test: bool,
    /// Whether `cargo test` runs targets of its kind: benches, for example, are only built.
    pub is_tested: bool,
    /// Whether nothing had to be done.
    pub fresh: bool,
}

/// What is to blame for a build that failed without a compiler error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildFailureCause {
    /// The code: its manifest, its build script, what the linker found in it.
    Code,
    /// The machine.
    Machine,
    /// A build that exceeded a limit: something in it doesn't end.
    Runaway,
}

/// The outcome of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It succeeded.
    Built {
        /// What was built of the requested package.
        artifacts: Vec<Artifact>,
        /// The compiler's warnings, rendered.
        warnings: Vec<String>,
    },
    /// The code doesn't compile.
    CompileFailed(Vec<CompilerError>),
    /// Cargo, a build script or the linker failed; the finding says how, and the output follows.
    Failed {
        /// The finding.
        finding: Box<Diagnostic>,
        /// What is to blame.
        blame: BuildFailureCause,
        /// What cargo printed.
        output: String,
    },
    /// The work was cancelled.
    Cancelled,
}

//! Compiles with cargo, always in the same way, so that nothing is ever compiled twice without need.

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
pub(crate) use cargo::{Cargo, SHIELDED_FROM, Target, environment};
pub(crate) use claim::claim;
pub(crate) use config_file::write as write_pyo3_config;
pub(crate) use ending::explain_failure;
pub(crate) use ledger::{compiled_from, went_on};
pub use messages::compiler_errors;
pub(crate) use ordinary::build_dir as ordinary_build_dir;
pub(crate) use overrides::tests_may_differ;
pub(crate) use rendered::excerpt;

/// An error of the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompilerError {
    /// The message, without its place.
    pub message: String,
    /// The package that was compiled, where it is a dependency from elsewhere and not the person's own to change.
    pub dependency: Option<Package>,
    /// Its number, such as `E0308`.
    pub number: Option<String>,
    /// Its first place, with the text of the line.
    pub place: Option<(SourceLocation, String)>,
    /// What rustc writes beneath that place.
    pub label: Option<String>,
    /// What rustc adds below: its notes and proposals, in their order.
    pub notes: Vec<Note>,
    /// The whole of it as rustc renders it, with terminal colours; file names are shown as those of the places are.
    pub rendered: String,
}

/// A package that comes from elsewhere, in the version that is built.
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
    /// What to write, where it proposes just one piece of text.
    pub proposal: Option<String>,
    /// The line as it becomes by the proposal, where that only adds to a line of the learner's.
    pub with_additions: Option<String>,
}

/// A file that cargo built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The target's name.
    pub target: String,
    /// What kind of target it is, such as `cdylib`, `lib`, `test`.
    pub kinds: Vec<String>,
    /// The files.
    pub files: Vec<PathBuf>,
    /// The program, of a binary or a test.
    pub executable: Option<PathBuf>,
    /// Whether it is built as a test.
    pub is_test: bool,
    /// Whether `cargo test` runs targets of its kind: benches, for one, are only built.
    pub is_tested: bool,
    /// Whether nothing had to be done.
    pub fresh: bool,
}

/// What is to blame for a build that failed without an error of the compiler's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildFailureCause {
    /// What is built: its manifest, its build script, what the linker found in it.
    Code,
    /// The machine.
    Machine,
    /// A build that went beyond a limit: something in it does not end.
    Runaway,
}

/// What a build led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It succeeded.
    Built {
        /// What was built of the package that was asked for.
        artifacts: Vec<Artifact>,
        /// The compiler's warnings, rendered.
        warnings: Vec<String>,
    },
    /// The compiler refused the code.
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

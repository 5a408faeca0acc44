//! What the engine says while it works. Plain output, a screen and JSON are folds over these events.

use crate::verdict::{Test, Verdict};

/// A step of the way to a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Finding or making the Python environment.
    Environment,
    /// Compiling.
    Build,
    /// Looking into the artifact before Python does.
    Inspect,
    /// Putting the artifact where Python finds it.
    Expose,
    /// Running Rust tests.
    RustTests,
    /// Running Python tests.
    PythonTests,
    /// Running a command that the course names.
    Command,
}

impl Step {
    /// The name in timings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Build => "build",
            Self::Inspect => "inspect",
            Self::Expose => "expose",
            Self::RustTests => "rust_tests",
            Self::PythonTests => "python_tests",
            Self::Command => "command",
        }
    }
}

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A subject's turn has come.
    Started {
        /// Its name.
        subject: String,
    },
    /// A step has begun.
    Step {
        /// Which one.
        step: Step,
        /// What is being done, in words for a person.
        detail: String,
    },
    /// Cargo compiles a crate.
    Compiling {
        /// The crate with its version, as cargo prints it.
        package: String,
    },
    /// A tool printed a line.
    Line {
        /// The tool.
        from: String,
        /// The line.
        text: String,
    },
    /// A test ended.
    Tested(Test),
    /// The verdict is known.
    Judged(Box<Verdict>),
}

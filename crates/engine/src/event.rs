//! The events that the engine emits while it works. Plain output, the screen and JSON are all derived from them.

use crate::verdict::{Test, Verdict};

/// A step towards a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Finding or creating the Python environment.
    Environment,
    /// Compiling.
    Build,
    /// Inspecting the artifact before Python loads it.
    Inspect,
    /// Putting the artifact where Python finds it.
    Expose,
    /// Running Rust tests.
    RustTests,
    /// Running Python tests.
    PythonTests,
    /// Running a command that the course defines.
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

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Work on a subject has started.
    Started {
        /// Its name.
        subject: String,
    },
    /// A step has started.
    Step {
        /// The step.
        step: Step,
        /// What is being done, in words for the user.
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

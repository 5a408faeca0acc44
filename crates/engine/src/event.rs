//! What the engine reports while it works. Every view, from plain lines to JSON, is a fold over these events.

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
    /// Whether a timing is that of a step, not of a part of one or of `wr`'s own work.
    pub fn is_name(name: &str) -> bool {
        [
            Self::Environment,
            Self::Build,
            Self::Inspect,
            Self::Expose,
            Self::RustTests,
            Self::PythonTests,
            Self::Command,
        ]
        .iter()
        .any(|step| step.name() == name)
    }

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

/// Something happened. The events of one subject come in this order: [`Event::Started`], then steps with what happens in
/// them, then exactly one of [`Event::Judged`] and [`Event::Cancelled`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
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
    /// A test program said how many tests it is going to run. A subject can have several, each with tests of its own.
    Collected {
        /// The number of tests.
        count: usize,
    },
    /// A test has begun. Not every framework says so.
    TestStarted {
        /// Its name, as in [`Test::id`].
        id: String,
    },
    /// A test ended.
    Tested(Test),
    /// The verdict is known.
    Judged(Box<Verdict>),
    /// The work was cancelled before the verdict was known.
    Cancelled {
        /// The subject's name.
        subject: String,
    },
}

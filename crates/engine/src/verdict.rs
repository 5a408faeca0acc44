//! The verdict on a subject: what a person is told, and what the next step is.

use std::time::Duration;

use diagnostic::{Diagnostic, SourceLocation};
use serde::{Deserialize, Serialize};

/// What a verdict says, by what a person does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// All is well: go on.
    Solved,
    /// A `todo!()` was reached: there is work left.
    Unfinished,
    /// The compiler refuses the code.
    DoesNotCompile,
    /// It compiles, but Python cannot import it.
    DoesNotImport,
    /// Tests ran, and some failed.
    TestsFail,
    /// The process that ran the tests died.
    Crashed,
    /// The tests did not come to their end in time, or took more than they may.
    TimedOut,
    /// The tests pass, but they are not the course's tests any more.
    Tampered,
    /// Nothing can be said of the code, because the machine lacks something.
    EnvironmentBroken,
}

impl Status {
    /// Every status, in the order of the pipeline.
    pub const ALL: [Self; 9] = [
        Self::Solved,
        Self::Unfinished,
        Self::DoesNotCompile,
        Self::DoesNotImport,
        Self::TestsFail,
        Self::Crashed,
        Self::TimedOut,
        Self::Tampered,
        Self::EnvironmentBroken,
    ];

    /// The name in JSON and in an exercise's `.wr.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Unfinished => "unfinished",
            Self::DoesNotCompile => "does_not_compile",
            Self::DoesNotImport => "does_not_import",
            Self::TestsFail => "tests_fail",
            Self::Crashed => "crashed",
            Self::TimedOut => "timed_out",
            Self::Tampered => "tampered",
            Self::EnvironmentBroken => "environment_broken",
        }
    }
}

/// How a single test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It was skipped.
    Skipped,
    /// It failed, and its author expects it to: pytest's `xfail`.
    #[serde(rename = "xfailed")]
    XFailed,
}

/// A test that ran.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// Its identifier: pytest's node id, or `target::path::name` of a Rust test.
    pub id: String,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took, in milliseconds, where the framework says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub milliseconds: Option<f64>,
    /// Where it failed, in the learner's or author's code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<SourceLocation>,
    /// What the failure says, in one or a few lines.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message: Option<String>,
}

/// How long a step took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// The step, such as `build`; a part of a step is named after it, such as `python_tests/collect`.
    pub step: String,
    /// How long it took, in milliseconds.
    pub milliseconds: f64,
}

impl Timing {
    /// A step that took so long.
    pub fn new(step: &str, took: Duration) -> Self {
        Self {
            step: step.to_owned(),
            milliseconds: (took.as_secs_f64() * 1e6).round() / 1e3,
        }
    }
}

/// Raw output that goes with a verdict, shown after the diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawOutput {
    /// What printed it.
    pub from: String,
    /// What it printed, possibly with terminal colours.
    pub text: String,
    /// What of it is worth showing beneath the findings, where that is not all: the findings tell the rest.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub excerpt: Option<String>,
    /// Whether its end says what went wrong, so that the end is what is shown where there is no room for all.
    #[serde(skip)]
    pub ends_with_cause: bool,
}

/// The verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The subject's name: `chapter/exercise`, or the project's name.
    pub exercise: String,
    /// What a person does next.
    pub status: Status,
    /// What is wrong, the root cause first.
    pub diagnostics: Vec<Diagnostic>,
    /// The tests that ran.
    pub tests: Vec<Test>,
    /// Where the time went.
    pub timings: Vec<Timing>,
    /// What the tools printed.
    pub output: Vec<RawOutput>,
    /// Whether it was found earlier, and nothing that it rests on has changed.
    #[serde(default)]
    pub remembered: bool,
}

impl Verdict {
    /// Whether all that is known is that a command of the course's own failed: not that it ran tests.
    pub fn is_of_a_command(&self) -> bool {
        let first = self.diagnostics.first();
        self.status == Status::TestsFail
            && self.tests.is_empty()
            && first.is_some_and(|one| one.code == *crate::rules::command_failed::RULE.code())
    }

    /// Whether the learner may go on.
    pub fn is_solved(&self) -> bool {
        self.status == Status::Solved
    }
}

//! The verdict on a subject: what the user learns, and what to do next.

use std::time::Duration;

use diagnostic::{Diagnostic, SourceLocation};
use serde::{Deserialize, Serialize};

/// The result of a verdict, classified by what the user does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Everything passes: continue.
    Solved,
    /// A `todo!()` was reached: there is work left.
    Unfinished,
    /// The code doesn't compile.
    DoesNotCompile,
    /// It compiles, but Python can't import it.
    DoesNotImport,
    /// Tests ran, and some failed.
    TestsFail,
    /// The process that ran the tests crashed.
    Crashed,
    /// The tests didn't finish in time, or exceeded a limit.
    TimedOut,
    /// The tests pass, but they are no longer the course's tests.
    Tampered,
    /// The code can't be judged because something is missing on the machine.
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
    /// It failed, as its author expects: pytest's `xfail`.
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
    /// How long it took, in milliseconds, if the framework says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub milliseconds: Option<f64>,
    /// Where it failed, in the code of the user or the author.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<SourceLocation>,
    /// The failure's message, in one or a few lines.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message: Option<String>,
}

/// How long a step took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// The step, such as `build`, or a part of a step, such as `python_tests/collect`.
    pub step: String,
    /// How long it took, in milliseconds.
    pub milliseconds: f64,
}

impl Timing {
    /// A step and its duration.
    pub fn new(step: &str, took: Duration) -> Self {
        Self {
            step: step.to_owned(),
            milliseconds: (took.as_secs_f64() * 1e6).round() / 1e3,
        }
    }
}

/// Raw output that belongs to a verdict, shown after the diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawOutput {
    /// What printed it.
    pub from: String,
    /// What it printed, possibly with terminal colours.
    pub text: String,
    /// The part that is worth showing below the findings, unless that's all of it. The findings show the rest.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub excerpt: Option<String>,
    /// Whether its end says what went wrong. Then the end is shown if there is no space for all of it.
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
    /// The version of Python in the environment, if the subject needs one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub python: Option<String>,
    /// The versions of Python that tests recorded as the property `python`: those in which they tried what was built.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub pythons: Vec<String>,
    /// How long each step took.
    pub timings: Vec<Timing>,
    /// What the tools printed.
    pub output: Vec<RawOutput>,
    /// Whether it's from an earlier run, and nothing that it depends on has changed.
    #[serde(default)]
    pub remembered: bool,
}

impl Verdict {
    /// Whether it only says that one of the course's own commands failed, without any test results.
    pub fn is_of_a_command(&self) -> bool {
        let first = self.diagnostics.first();
        self.status == Status::TestsFail
            && self.tests.is_empty()
            && first.is_some_and(|one| one.code == *crate::rules::command_failed::RULE.code())
    }

    /// Whether the exercise is solved.
    pub fn is_solved(&self) -> bool {
        self.status == Status::Solved
    }
}

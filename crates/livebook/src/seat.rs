//! What the book shows next to its text: one snapshot of the learner's seat.
//!
//! The host publishes a new [`Seat`] whenever something changes. Every open page receives the newest one as JSON and shows
//! it; no page remembers anything that isn't in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::prose::Block;

/// A snapshot of what the learner works on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Seat {
    /// The id of the current exercise, such as `01_intro/02_modules`.
    pub exercise: String,
    /// Every exercise of the course, in order.
    pub exercises: Vec<Entry>,
    /// The current run, if there is one.
    pub run: Option<Run>,
    /// The last verdict on the current exercise.
    pub verdict: Option<Arc<Verdict>>,
    /// Whether a file may have been saved since that verdict, so that a newer one is on its way.
    pub is_outdated: bool,
    /// The hints of the current exercise.
    pub hints: Hints,
    /// The course's solution of the current exercise.
    pub solution: Solution,
    /// The answer to the last button, if it needs words.
    pub notice: Option<Notice>,
}

/// A point in time: milliseconds since 1970, in UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(u64);

impl Moment {
    /// This moment.
    pub fn now() -> Self {
        Self::from(std::time::SystemTime::now())
    }
}

impl From<std::time::SystemTime> for Moment {
    fn from(time: std::time::SystemTime) -> Self {
        let since = time
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Self(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

/// An exercise in the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The exercise's id.
    pub id: String,
    /// How far the learner is with it.
    pub progress: Progress,
}

/// How far a learner is with an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// It hasn't been opened.
    Unopened,
    /// It has been opened, and isn't solved.
    Opened,
    /// It's solved.
    Solved,
}

/// A run that hasn't ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// What it does at the moment, such as `building`.
    pub step: String,
    /// When it started.
    pub since: Moment,
    /// How many tests have ended, and how many there are as far as that is known.
    pub tests: Option<(usize, usize)>,
}

/// What a verdict means at a glance. The page shows it as a sign and a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Solved.
    Good,
    /// There is work left, and nothing is wrong so far.
    Open,
    /// Something is wrong.
    Bad,
}

/// The last verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// What it means at a glance.
    pub mark: Mark,
    /// The verdict in a few words, such as `does not compile`.
    pub headline: String,
    /// A sentence to go with it.
    pub remark: Option<String>,
    /// When it was reached.
    pub judged_at: Moment,
    /// How long it took, in milliseconds.
    pub took: f64,
    /// What is wrong, the root cause first.
    pub findings: Vec<Finding>,
    /// The pages that explain the codes of the findings.
    pub explanations: BTreeMap<String, Vec<Block>>,
    /// The tests that ran.
    pub tests: Vec<Test>,
    /// What the tools printed.
    pub output: Vec<Output>,
}

/// A problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its code, such as `WR0101`.
    pub code: String,
    /// How much it matters: `error`, `warning` or `advice`.
    pub severity: String,
    /// What is wrong, in one line. Like the hint, it may have code between backticks.
    pub message: String,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// What to do.
    pub hint: Option<String>,
}

/// What shows a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where or what it is, in one line, such as `src/lib.rs:18:31`.
    pub what: String,
    /// The lines there, if that helps.
    pub lines: Option<String>,
}

/// A test that ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// Its name.
    pub name: String,
    /// How it ended: `passed`, `failed`, `skipped` or `xfailed`.
    pub outcome: String,
    /// Why it failed.
    pub message: Option<String>,
}

/// What a tool printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// The tool.
    pub from: String,
    /// What it printed, without terminal colours.
    pub text: String,
}

/// The hints that the learner has asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// Those shown so far, in order.
    pub shown: Vec<Vec<Block>>,
    /// How many there are.
    pub total: usize,
}

/// The course's solution, as far as the learner may see it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Solution {
    /// There is none.
    #[default]
    Absent,
    /// It's shown once the exercise is solved.
    Locked,
    /// It can be asked for.
    Ready,
    /// It's shown.
    Shown {
        /// The files in which the learner's answer differs.
        files: Vec<File>,
        /// Why it's written this way.
        why: Vec<Block>,
    },
}

/// A file in which the learner's answer and the solution differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its path in the exercise.
    pub path: String,
    /// The parts that differ.
    pub hunks: Vec<Hunk>,
}

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hunk {
    /// The learner's first line in it, counted from 1.
    pub line: usize,
    /// The lines, each with who has it.
    pub lines: Vec<(Side, String)>,
}

/// Who has a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Both.
    Both,
    /// The learner alone.
    Learner,
    /// The solution alone.
    Solution,
}

/// The answer to a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Distinguishes two notices with the same words.
    pub number: u64,
    /// The words.
    pub text: String,
}

impl Seat {
    /// Whether the course has an exercise of this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.exercises.iter().any(|entry| entry.id == id)
    }
}

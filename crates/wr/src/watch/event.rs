//! What happens in a watch. Whatever shows a watch is made from these events and the [`State`](super::state::State) that they lead to.

use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Instant, SystemTime};

use course::ExerciseId;
use engine::Verdict;

use super::book::Opened;
use crate::error::CommandError;
use crate::hints::Hint;
use crate::outline::Entry;
use crate::solution::Solution;

/// Something happened.
#[derive(Debug)]
pub(crate) enum Event {
    /// The watch has begun.
    Watching {
        /// The directory that is watched.
        root: PathBuf,
        /// The exercise, unless it's a project.
        subject: Watched,
    },
    /// Another exercise is watched from now on.
    Moved {
        /// The directory that is watched.
        root: PathBuf,
        /// The exercise.
        subject: Watched,
        /// Why.
        reason: Moved,
    },
    /// The course's exercises, and what the learner has done about each; whenever that has changed.
    Progress(Vec<Entry>),
    /// A run has begun.
    Started {
        /// The run's number.
        generation: u64,
        /// When.
        at: Instant,
    },
    /// The engine reports what it does in a run.
    Engine {
        /// The run's number.
        generation: u64,
        /// What it reports.
        event: engine::Event,
        /// When.
        at: Instant,
    },
    /// The run is out of date: something was saved. It ends without a verdict that counts.
    Cancelled {
        /// The run's number.
        generation: u64,
    },
    /// A run ended.
    Ended {
        /// The run's number.
        generation: u64,
        /// How it ended.
        result: Ended,
        /// When.
        at: SystemTime,
    },
    /// The system doesn't report file changes here, so `wr` checks the files several times a second.
    Polling {
        /// Why.
        reason: String,
    },
    /// The next run waits, because the last one may have changed files itself.
    Postponed,
    /// These files change in every run, so a change to them during a run starts no other.
    SelfWritten {
        /// The files.
        files: Vec<PathBuf>,
    },
    /// A hint was asked for, and this is the next.
    Hint(Hint),
    /// A hint was asked for, but the exercise has none.
    NoHints,
    /// The solution was asked for, and may be shown.
    Solution(Solution),
    /// The solution was asked for, but the exercise isn't solved.
    SolutionWithheld,
    /// The solution was asked for, but the course has none.
    NoSolution,
    /// The exercise's original files were restored, or that was undone.
    Restored {
        /// Whether a reset was undone.
        is_undo: bool,
        /// Whether any file was replaced.
        has_changed: bool,
    },
    /// The next exercise was asked for, but this one isn't solved.
    NotSolvedYet,
    /// The exercise before this one was asked for, but this is the first.
    AtFirst,
    /// The next exercise was asked for, and all are solved.
    CourseFinished,
    /// The book was opened.
    Book(Opened),
    /// Something other than the verdict failed. The watch continues.
    Failed(CommandError),
    /// The watch waits for a save or a key.
    Waiting,
}

/// What is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Watched {
    /// An exercise.
    Exercise {
        id: ExerciseId,
        /// The hints that the learner has seen, in order.
        hints_seen: Vec<String>,
        /// How many hints there are.
        hints: usize,
    },
    /// A project.
    Project,
}

/// Why another exercise is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moved {
    /// It was asked for here, with a key or a button.
    Asked,
    /// It was opened in another terminal.
    OpenedElsewhere,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// A verdict on the current files.
    Judged(Rc<Verdict>),
    /// Nothing that counts: the run was cancelled, or its verdict is out of date.
    OutOfDate,
    /// The run could not be made, as when a manifest is broken.
    Failed(CommandError),
}

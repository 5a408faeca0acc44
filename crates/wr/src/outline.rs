//! The exercises of a course and what the learner has done about each.

use course::{Exercise, ExerciseId};

use crate::error::CommandError;
use crate::session::Learner;

/// An exercise, as a line in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The exercise.
    pub(crate) id: ExerciseId,
    /// `None` if it isn't opened, otherwise whether it's solved.
    pub(crate) state: Option<bool>,
    /// Whether the solution was shown before the exercise was solved.
    pub(crate) has_seen_solution: bool,
}

impl Entry {
    /// Whether it's solved.
    pub(crate) fn is_solved(&self) -> bool {
        self.state == Some(true)
    }
}

/// All exercises, in course order.
pub(crate) fn of(learner: &Learner<'_>) -> Result<Vec<Entry>, CommandError> {
    let opened = learner.progress.opened(learner.course)?;
    let state = |exercise: &Exercise| {
        let found = opened.iter().find(|one| one.id == *exercise.id());
        found.map(|one| one.solved)
    };
    Ok(learner
        .course
        .exercises()
        .iter()
        .map(|exercise| Entry {
            id: exercise.id().clone(),
            state: state(exercise),
            has_seen_solution: learner
                .progress
                .has_seen_solution(exercise.id())
                .unwrap_or_default(),
        })
        .collect())
}

/// How many are solved.
pub(crate) fn solved<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> usize {
    entries
        .into_iter()
        .filter(|entry| entry.is_solved())
        .count()
}

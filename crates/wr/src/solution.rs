//! The course's solution, compared with the learner's answer. Before an exercise is solved it's shown only on explicit demand, and
//! that's remembered.

use course::Exercise;

use crate::comparison::{self, Compared};
use crate::error::CommandError;
use crate::session::Learner;

/// A solution, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Solution {
    /// The files in which the learner's answer differs.
    pub(crate) differences: Vec<Compared>,
    /// Why it's written that way, in Markdown.
    pub(crate) why: Option<String>,
}

/// What asking for a solution leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The solution.
    Shown(Solution),
    /// The exercise isn't solved, and nobody insisted.
    Withheld,
    /// The course has none.
    Missing,
}

/// The solution of an exercise, if it's solved or somebody insists. In the second case it's recorded that the solution was seen.
pub(crate) fn of(
    learner: &mut Learner<'_>,
    exercise: &Exercise,
    anyway: bool,
) -> Result<Answer, CommandError> {
    let id = exercise.id();
    let Some(solution) = author::solution_of(learner.course, id)? else {
        return Ok(Answer::Missing);
    };
    let opened = learner.progress.opened(learner.course)?;
    let is_solved = opened.iter().any(|one| one.id == *id && one.solved);
    if !is_solved {
        if !anyway {
            return Ok(Answer::Withheld);
        }
        learner.progress.set_solution_seen(id)?;
    }
    let differences = solution
        .files
        .iter()
        .filter_map(|(place, bytes)| comparison::of(exercise.dir(), place, bytes))
        .collect();
    Ok(Answer::Shown(Solution {
        differences,
        why: solution.why,
    }))
}

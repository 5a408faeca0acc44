//! `wr hint`: a hint for the exercise one stands in, or the current one.

use std::process::ExitCode;

use course::Course;

use crate::cli::{Global, Hint};
use crate::error::CommandError;
use crate::render;
use crate::session::{self, Learner};

pub(crate) fn run(hint: &Hint, global: &Global) -> Result<ExitCode, CommandError> {
    let here = session::here()?;
    let course = Course::find(&here)?;
    let learner = Learner::open(&course, global)?;
    let exercise = match course.exercise_at(&here) {
        Some(exercise) => exercise,
        None => learner.current()?.ok_or_else(|| {
            CommandError::new("no exercise is open").help("`wr` opens the first one")
        })?,
    };
    let hints = exercise.config(&course)?.hints;
    if hints.is_empty() {
        return Err(CommandError::new(format!("{} has no hints", exercise.id()))
            .help("its page in the book, and the tests, say what is wanted"));
    }
    let number = usize::from(hint.number);
    let Some(text) = hints.get(number - 1) else {
        return Err(
            CommandError::new(format!("{} has {} hints", exercise.id(), hints.len()))
                .help(format!("`wr hint {}` shows the last", hints.len())),
        );
    };
    render::hint(exercise, text, number, hints.len(), global);
    Ok(ExitCode::SUCCESS)
}

//! `wr hint`: a hint for the exercise you are in, or for the current one.

use std::process::ExitCode;

use course::Course;

use crate::cli::{Global, Hint};
use crate::error::CommandError;
use crate::hints;
use crate::render::{self, AskedBy};
use crate::session::{self, Learner};

pub(crate) fn run(hint: &Hint, global: &Global) -> Result<ExitCode, CommandError> {
    let here = session::here()?;
    let course = Course::find(&here)?;
    let mut learner = Learner::open(&course, global)?;
    let exercise = learner.exercise_at(&here)?;
    let Some(taken) = hints::take(&mut learner, exercise, hint.number.map(Into::into))? else {
        return Err(CommandError::new(format!("{} has no hints", exercise.id()))
            .help("its page in the book and its tests tell you what to do"));
    };
    render::hint(exercise, &taken, AskedBy::Command, global);
    Ok(ExitCode::SUCCESS)
}

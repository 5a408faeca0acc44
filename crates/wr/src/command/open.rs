//! `wr open`: go to an exercise.

use std::process::ExitCode;

use course::{Course, Exercise};

use crate::cli::{Global, Open};
use crate::error::CommandError;
use crate::render::{self, AskedBy};
use crate::session::{self, Learner};

pub(crate) fn run(open_args: &Open, global: &Global) -> Result<ExitCode, CommandError> {
    let course = Course::find(&session::here()?)?;
    let exercise = match (&open_args.target, &open_args.chapter, &open_args.exercise) {
        (Some(target), _, _) => course.select_path(target)?,
        (None, Some(chapter), Some(exercise)) => course.select(chapter, exercise)?,
        _ => {
            let example = match course.exercises().first() {
                Some(first) => format!(", as in `wr open {}`", first.id()),
                None => String::new(),
            };
            return Err(CommandError::new("which exercise?")
                .help(format!("name one{example}; `wr list` shows them all")));
        }
    };
    let mut learner = Learner::open(&course, global)?;
    open(&mut learner, exercise, AskedBy::Command, global)?;
    render::conclude("open", &[], Some(exercise), global);
    Ok(ExitCode::SUCCESS)
}

/// Opens an exercise, makes it the current one, and prints where it is.
pub(super) fn open(
    learner: &mut Learner<'_>,
    exercise: &Exercise,
    asked: AskedBy,
    global: &Global,
) -> Result<(), CommandError> {
    learner.open_exercise(exercise.id())?;
    render::opened(learner.course, exercise, asked, global);
    Ok(())
}

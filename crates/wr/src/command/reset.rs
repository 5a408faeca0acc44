//! `wr reset`, which there is not: git has what the exercise came with, and `wr` throws no work away.

use std::process::ExitCode;

use course::Course;

use crate::error::CommandError;
use crate::session;

pub(crate) fn run(target: Option<&str>) -> Result<ExitCode, CommandError> {
    let here = session::here()?;
    let course = Course::find(&here)?;
    let exercise = match target {
        Some(target) => Some(course.select_path(target)?),
        None => course.exercise_at(&here),
    };
    let dir = exercise.map_or_else(
        || "EXERCISE".to_owned(),
        |exercise| engine::shell_word(exercise.dir()),
    );
    Err(
        CommandError::new("wr throws no work away, so there is no `wr reset`").help(format!(
            "`git -C {dir} checkout -- .` brings back what the exercise came with, and your changes there are gone; \
             `git -C {dir} stash` keeps them"
        )),
    )
}

//! `wr reset`, which doesn't exist: git has the original files, and `wr` never throws work away.

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
        CommandError::new("wr never throws work away, so there is no `wr reset`").help(format!(
            "`git -C {dir} checkout -- .` restores the original files and discards your changes there; \
             `git -C {dir} stash` keeps your changes"
        )),
    )
}

//! `wr list`: chapters, exercises, and the learner's progress.

use std::process::ExitCode;

use course::Course;

use crate::cli::Global;
use crate::error::CommandError;
use crate::render;
use crate::session::{self, Learner};

pub(crate) fn run(global: &Global) -> Result<ExitCode, CommandError> {
    let course = Course::find(&session::here()?)?;
    let learner = Learner::open(&course, global)?;
    let opened = learner.progress.opened(&course)?;
    let current = learner.current()?.map(|exercise| exercise.id().clone());
    let rows: Vec<_> = course
        .exercises()
        .iter()
        .map(|exercise| render::ListRow {
            exercise,
            state: opened
                .iter()
                .find(|one| one.id == *exercise.id())
                .map(|one| one.solved),
            is_current: current.as_ref() == Some(exercise.id()),
        })
        .collect();
    render::list(&rows, global);
    Ok(ExitCode::SUCCESS)
}

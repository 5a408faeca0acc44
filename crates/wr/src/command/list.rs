//! `wr list`: chapters, exercises, and the learner's progress.

use std::process::ExitCode;

use course::Course;

use crate::cli::{Global, List};
use crate::error::CommandError;
use crate::outline;
use crate::render::{self, Unfolded};
use crate::session::{self, Learner};

pub(crate) fn run(wanted: &List, global: &Global) -> Result<ExitCode, CommandError> {
    let course = Course::find(&session::here()?)?;
    let chapters = wanted
        .chapters
        .iter()
        .map(|asked| course.chapter(asked))
        .collect::<Result<Vec<_>, _>>()?;
    let learner = Learner::open(&course, global)?;
    let entries = outline::of(&learner)?;
    let current = learner.current()?.map(|exercise| exercise.id().clone());
    let rows: Vec<_> = course
        .exercises()
        .iter()
        .zip(&entries)
        .map(|(exercise, entry)| render::ListRow {
            exercise,
            state: entry.state,
            is_current: current.as_ref() == Some(exercise.id()),
            has_seen_solution: entry.has_seen_solution,
        })
        .collect();
    let unfolded = match chapters.as_slice() {
        _ if wanted.all => Unfolded::All,
        [] => Unfolded::Current,
        some => Unfolded::Only(some),
    };
    render::list(&rows, unfolded, global);
    Ok(ExitCode::SUCCESS)
}

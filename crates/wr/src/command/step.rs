//! `wr next` and `wr prev`: go to the exercise after or before the one you are in.

use std::process::ExitCode;

use course::{Course, Direction, neighbour};

use super::open::open;
use crate::cli::Global;
use crate::error::CommandError;
use crate::render::{self, AskedBy};
use crate::session::{self, Learner};

pub(crate) fn run(direction: Direction, global: &Global) -> Result<ExitCode, CommandError> {
    let here = session::here()?;
    let course = Course::find(&here)?;
    let mut learner = Learner::open(&course, global)?;
    let from = learner.exercise_at(&here)?;
    let to = neighbour(course.exercises(), from.id(), direction);
    let Some(to) = to else {
        let which = match direction {
            Direction::Forward => "last",
            Direction::Back => "first",
        };
        return Err(
            CommandError::new(format!("{} is the {which} exercise", from.id()))
                .help("`wr list --all` shows them all"),
        );
    };
    open(&mut learner, to, AskedBy::Command, global)?;
    let verb = match direction {
        Direction::Forward => "next",
        Direction::Back => "prev",
    };
    render::conclude(verb, &[], Some(to), global);
    Ok(ExitCode::SUCCESS)
}

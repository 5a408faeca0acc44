//! `wr solution`: how the course's solution differs from the learner's, and why it's written that way.

use std::process::ExitCode;

use course::Course;

use crate::cli::{Global, Solution};
use crate::error::CommandError;
use crate::render;
use crate::session::{self, Learner};
use crate::solution::{self, Answer};

pub(crate) fn run(wanted: &Solution, global: &Global) -> Result<ExitCode, CommandError> {
    let here = session::here()?;
    let course = Course::find(&here)?;
    let mut learner = Learner::open(&course, global)?;
    let exercise = match &wanted.target {
        Some(target) => course.select_path(target)?,
        None => learner.exercise_at(&here)?,
    };
    let id = exercise.id();
    match solution::of(&mut learner, exercise, wanted.anyway)? {
        Answer::Shown(solution) => {
            render::solution(exercise, &solution, global);
            Ok(ExitCode::SUCCESS)
        }
        Answer::Missing => Err(CommandError::new(format!("the course has no solution of {id}"))
            .help("solutions are in the directory `solutions` of the repository, under the exercise's path")),
        Answer::Withheld => {
            let next = if crate::hints::exist(&course, exercise) {
                "`wr hint` gives you a hint; "
            } else {
                ""
            };
            Err(CommandError::new(format!("{id} isn't solved yet"))
                .help(format!("{next}`wr solution --anyway` shows you the solution, and `wr list` remembers that you saw it")))
        }
    }
}

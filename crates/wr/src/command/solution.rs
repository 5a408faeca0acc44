//! `wr solution`: how the course's solution differs from the learner's, and why it's written that way.

use std::process::ExitCode;

use course::Course;

use crate::cli::{Global, Solution};
use crate::comparison::{self, Compared};
use crate::error::CommandError;
use crate::render;
use crate::session::{self, Learner};

pub(crate) fn run(wanted: &Solution, global: &Global) -> Result<ExitCode, CommandError> {
    let here = session::here()?;
    let course = Course::find(&here)?;
    let mut learner = Learner::open(&course, global)?;
    let exercise = match &wanted.target {
        Some(target) => course.select_path(target)?,
        None => learner.exercise_at(&here)?,
    };
    let id = exercise.id();
    let Some(solution) = author::solution_of(&course, id)? else {
        return Err(CommandError::new(format!("the course has no solution of {id}"))
            .help("solutions are in the directory `solutions` of the repository, under the exercise's path"));
    };
    let opened = learner.progress.opened(&course)?;
    let is_solved = opened.iter().any(|one| one.id == *id && one.solved);
    if !is_solved {
        if !wanted.anyway {
            let next = if crate::hints::exist(&course, exercise) {
                "`wr hint` gives you a hint; "
            } else {
                ""
            };
            return Err(CommandError::new(format!("{id} isn't solved yet"))
                .help(format!("{next}`wr solution --anyway` shows you the solution, and `wr list` remembers that you saw it")));
        }
        learner.progress.set_solution_seen(id)?;
    }
    let files: Vec<Compared> = solution
        .files
        .iter()
        .filter_map(|(place, bytes)| comparison::of(exercise.dir(), place, bytes))
        .collect();
    render::solution(exercise, &files, solution.why.as_deref(), global);
    Ok(ExitCode::SUCCESS)
}

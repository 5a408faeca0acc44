//! `wr check`: verify one exercise or project.

use std::path::Path;
use std::process::ExitCode;

use course::{Course, Exercise};

use crate::cli::{Check, Global};
use crate::error::CommandError;
use crate::render;
use crate::session::{self, Learner, Place, Session};

pub(crate) fn run(check: &Check, global: &Global) -> Result<ExitCode, CommandError> {
    let system = session::system()?;
    if let Some(target) = &check.target {
        let path = Path::new(target);
        if path.is_dir() {
            std::env::set_current_dir(path).map_err(|error| {
                CommandError::new(format!("{} cannot be entered: {error}", path.display()))
            })?;
        } else {
            return named(&system, &target.to_string_lossy(), check, global);
        }
    }
    match Place::find(&system)? {
        Place::Project(root) => project(&system, &root, check, global),
        Place::Course(course) => {
            let here = session::here()?;
            let learner = Learner::open(&course, global)?;
            let exercise = match course.exercise_at(&here) {
                Some(exercise) => exercise,
                None => learner.current()?.ok_or_else(|| {
                    CommandError::new("no exercise is open, and this directory is none")
                        .help("`wr` opens the first one; `wr check 01_setup` names one")
                })?,
            };
            refuse_pytest_args(check)?;
            verify(&system, learner, exercise, global)
        }
    }
}

fn named(
    system: &engine::NativeSystem,
    target: &str,
    check: &Check,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let Ok(course) = Course::find(&session::here()?) else {
        return Err(CommandError::new(format!("there is no directory `{target}`"))
                .help("name a directory that holds a maturin project, or go to a course to name an exercise"));
    };
    let exercise = course.select_path(target)?;
    refuse_pytest_args(check)?;
    let learner = Learner::open(&course, global)?;
    verify(system, learner, exercise, global)
}

fn refuse_pytest_args(check: &Check) -> Result<(), CommandError> {
    if check.pytest_args.is_empty() {
        return Ok(());
    }
    Err(
        CommandError::new("an exercise is verified by all of its tests")
            .help("leave out what follows `--`; arguments for pytest are for projects"),
    )
}

fn verify(
    system: &engine::NativeSystem,
    mut learner: Learner<'_>,
    exercise: &Exercise,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let course = learner.course;
    let subject = engine::exercise(system, course, exercise)?;
    let mut session = Session::start(system, course.root(), Some(course), global)?;
    let verdict = session.verify(&subject)?;
    learner
        .progress
        .set_solved(exercise.id(), verdict.is_solved())?;
    render::verdict(&verdict, &subject.root, global);
    if verdict.is_solved() {
        render::after_solved(course, exercise, global);
    }
    render::conclude("check", std::slice::from_ref(&verdict), None, global);
    Ok(super::status(verdict.is_solved()))
}

fn project(
    system: &engine::NativeSystem,
    root: &Path,
    check: &Check,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let subject = engine::project(system, root, &check.pytest_args)?;
    let mut session = Session::start(system, root, None, global)?;
    let verdict = session.verify(&subject)?;
    render::verdict(&verdict, &subject.root, global);
    render::conclude("check", std::slice::from_ref(&verdict), None, global);
    Ok(super::status(verdict.is_solved()))
}

/// What `wr` without a verb does in a project.
pub(crate) fn project_here(
    system: &engine::NativeSystem,
    root: &Path,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let check = Check {
        target: None,
        pytest_args: Vec::new(),
    };
    project(system, root, &check, global)
}

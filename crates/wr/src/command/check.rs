//! `wr check`: verify one exercise or project.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use course::{Course, ExerciseId};
use engine::NativeSystem;

use super::check_many;
use super::target::{Target, chapter, resolve};
use crate::cli::{self, Check, Global};
use crate::error::CommandError;
use crate::render::{self, AskedBy};
use crate::session::{self, Learner, Session};

pub(crate) fn run(check: &Check, global: &Global) -> Result<ExitCode, CommandError> {
    let system = session::system()?;
    let is_many = check.all || check.solutions || check.targets.len() > 1;
    if is_many || chapter(check.targets.first().map(OsString::as_os_str))?.is_some() {
        return check_many::run(&system, check, global);
    }
    let named = cli::Target {
        target: check.targets.first().cloned(),
        pytest_args: check.pytest_args.clone(),
    };
    match resolve(&system, &named, global)? {
        Target::Project(root) => project(&system, &root, &check.pytest_args, global),
        Target::Exercise(course, id) => exercise(&system, &course, &id, global),
    }
}

fn exercise(
    system: &NativeSystem,
    course: &Course,
    id: &ExerciseId,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let mut learner = Learner::open(course, global)?;
    let exercise = session::present(course, id)?;
    let subject = engine::exercise(system, course, exercise)?;
    let mut session = Session::start(system, course.root(), Some(course), global)?;
    let verdict = session.verify(&subject)?;
    learner.record(id, &verdict)?;
    render::verdict(&verdict, &subject.root, global);
    if verdict.is_solved() {
        render::after_solved(course, exercise, AskedBy::Command, global);
    }
    render::conclude("check", std::slice::from_ref(&verdict), None, global);
    Ok(crate::exit::status(verdict.is_solved()))
}

/// Verifies a project. `wr` without a verb uses this too.
pub(crate) fn project(
    system: &NativeSystem,
    root: &Path,
    pytest_args: &[String],
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let subject = engine::project(system, root, pytest_args)?;
    let mut session = Session::start(system, root, None, global)?;
    let verdict = session.verify(&subject)?;
    render::verdict(&verdict, &subject.root, global);
    render::conclude("check", std::slice::from_ref(&verdict), None, global);
    Ok(crate::exit::status(verdict.is_solved()))
}

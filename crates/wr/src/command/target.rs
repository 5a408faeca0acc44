//! Which exercise or project a command is about.

use std::path::{Path, PathBuf};

use course::{Course, CourseError, ExerciseId};
use engine::NativeSystem;

use crate::cli::{self, Global};
use crate::error::CommandError;
use crate::session::{self, Learner, Place};

/// What is verified.
pub(crate) enum Target {
    /// An exercise of a course.
    Exercise(Box<Course>, ExerciseId),
    /// A project that maturin builds.
    Project(PathBuf),
}

/// The target that the command line names, else the one around the current directory, else the current exercise.
pub(crate) fn resolve(
    system: &NativeSystem,
    named: &cli::Target,
    global: &Global,
) -> Result<Target, CommandError> {
    if let Some(target) = &named.target {
        let path = Path::new(target);
        if !path.is_dir() {
            return by_name(&target.to_string_lossy(), named);
        }
        std::env::set_current_dir(path).map_err(|error| {
            CommandError::new(format!("{} cannot be entered: {error}", path.display()))
        })?;
    }
    match Place::find(system)? {
        Place::Project(root) => Ok(Target::Project(root)),
        Place::Course(course) => {
            refuse_pytest_args(named)?;
            let id = match course.exercise_at(&session::here()?) {
                Some(exercise) => exercise.id().clone(),
                None => Learner::open(&course, global)?
                    .current()?
                    .map(|exercise| exercise.id().clone())
                    .ok_or_else(|| {
                        CommandError::new("no exercise is open yet, and this directory is not one")
                            .help("`wr` alone opens the first; or name one, as `wr open` and `wr watch` take it")
                    })?,
            };
            Ok(Target::Exercise(course, id))
        }
    }
}

fn by_name(target: &str, named: &cli::Target) -> Result<Target, CommandError> {
    let course = Course::find(&session::here()?).map_err(|error| match error {
        CourseError::NotInRepository { .. } | CourseError::NoConfig { .. } => CommandError::new(
            format!("there is no directory `{target}`"),
        )
        .help(
            "name a directory that holds a maturin project, or go to a course to name an exercise",
        ),
        // There is a course, and its own trouble comes first.
        other => other.into(),
    })?;
    let id = course.select_path(target)?.id().clone();
    refuse_pytest_args(named)?;
    Ok(Target::Exercise(Box::new(course), id))
}

fn refuse_pytest_args(named: &cli::Target) -> Result<(), CommandError> {
    if named.pytest_args.is_empty() {
        return Ok(());
    }
    Err(
        CommandError::new("an exercise is verified by all of its tests")
            .help("leave out what follows `--`; arguments for pytest are for projects"),
    )
}

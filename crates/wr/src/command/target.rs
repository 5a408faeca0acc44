//! Which exercise or project a command is about.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use course::{Course, CourseError, Exercise, ExerciseId};
use engine::NativeSystem;

use crate::cli::{self, Global};
use crate::error::CommandError;
use crate::session::{self, Learner, StartDir};

/// What is verified.
pub(crate) enum Target {
    /// An exercise of a course.
    Exercise(Box<Course>, ExerciseId),
    /// A project that maturin builds.
    Project(PathBuf),
}

/// The target named on the command line; otherwise the one around the current directory; otherwise the current
/// exercise.
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
            CommandError::new(format!("cannot enter {}: {error}", path.display()))
        })?;
    }
    match StartDir::find(system)? {
        StartDir::Project(root) => Ok(Target::Project(root)),
        StartDir::Course(course) => {
            refuse_pytest_args(&named.pytest_args)?;
            let id = match course.exercise_at(&session::here()?) {
                Some(exercise) => exercise.id().clone(),
                None => Learner::open(&course, global)?
                    .current()?
                    .map(|exercise| exercise.id().clone())
                    .ok_or_else(|| {
                        CommandError::new(
                            "no exercise is open yet, and this directory isn't an exercise",
                        )
                        .help("run `wr` to open the first one, or name one, as in `wr watch 1/1`")
                    })?,
            };
            Ok(Target::Exercise(course, id))
        }
    }
}

/// The exercises of the chapter whose folder this is, by default the current directory's. `None` if it isn't a chapter.
pub(crate) fn chapter(
    target: Option<&OsStr>,
) -> Result<Option<(Course, Vec<ExerciseId>)>, CommandError> {
    let here = session::here()?;
    let dir = target.map_or_else(|| here.clone(), |target| here.join(target));
    let Ok(dir) = dir.canonicalize() else {
        return Ok(None);
    };
    // If there is no course, or a broken one, the code for single targets reports that.
    let Ok(course) = Course::find(&dir) else {
        return Ok(None);
    };
    let is_here = |exercise: &&Exercise| {
        let chapter = exercise.dir().parent();
        chapter
            .and_then(|chapter| chapter.canonicalize().ok())
            .is_some_and(|chapter| chapter == dir)
    };
    let ids: Vec<ExerciseId> = course
        .exercises()
        .iter()
        .filter(is_here)
        .map(|exercise| exercise.id().clone())
        .collect();
    Ok((!ids.is_empty()).then_some((course, ids)))
}

fn by_name(target: &str, named: &cli::Target) -> Result<Target, CommandError> {
    let course = Course::find(&session::here()?).map_err(|error| match error {
        CourseError::NotInRepository { .. } | CourseError::NoConfig { .. } => CommandError::new(
            format!("there is no directory `{target}`"),
        )
        .help("name the directory of a maturin project; exercise names work inside a course"),
        // There is a course, and its own problem comes first.
        other => other.into(),
    })?;
    let id = course.select_path(target)?.id().clone();
    refuse_pytest_args(&named.pytest_args)?;
    Ok(Target::Exercise(Box::new(course), id))
}

pub(crate) fn refuse_pytest_args(args: &[String]) -> Result<(), CommandError> {
    if args.is_empty() {
        return Ok(());
    }
    Err(
        CommandError::new("an exercise is always verified with all of its tests")
            .help("leave out everything after `--`: arguments for pytest only work in a project"),
    )
}

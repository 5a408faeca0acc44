//! `wr watch`: verify on every save.

use std::process::ExitCode;

use course::{Course, ExerciseId};
use engine::{NativeSystem, RunMode};

use super::target::{Target, resolve};
use crate::cli::{self, Global};
use crate::error::CommandError;
use crate::session::{self, Learner};
use crate::watch::{Goal, Wanted, Watcher};

pub(crate) fn run(asked: &cli::Watch, global: &Global) -> Result<ExitCode, CommandError> {
    let system = session::system()?;
    let wanted = Wanted {
        is_plain: asked.plain,
        ..Wanted::default()
    };
    match resolve(&system, &asked.target, global)? {
        Target::Project(root) => {
            let engine = session::engine(&system, &root, None, RunMode::Watch, global)?;
            let goal = Goal::Project {
                root,
                pytest_args: asked.target.pytest_args.clone(),
            };
            Watcher::run(&system, goal, engine, wanted, global)
        }
        Target::Exercise(course, id) => {
            let learner = Learner::open(&course, global)?;
            exercise(&system, &course, learner, id, wanted, global)
        }
    }
}

/// Opens an exercise and watches it.
pub(super) fn exercise(
    system: &NativeSystem,
    course: &Course,
    mut learner: Learner<'_>,
    id: ExerciseId,
    wanted: Wanted,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    learner.open_exercise(&id)?;
    let engine = session::engine(system, course.root(), Some(course), RunMode::Watch, global)?;
    let goal = Goal::Exercise {
        learner: Box::new(learner),
        id,
    };
    Watcher::run(system, goal, engine, wanted, global)
}

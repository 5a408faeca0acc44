//! `wr watch`: verify on every save.

use std::process::ExitCode;

use engine::RunMode;

use super::target::{Target, resolve};
use crate::cli::{self, Global};
use crate::error::CommandError;
use crate::session::{self, Learner};
use crate::watch::{self, Wanted, Watcher};

pub(crate) fn run(wanted: &cli::Watch, global: &Global) -> Result<ExitCode, CommandError> {
    let system = session::system()?;
    match resolve(&system, &wanted.target, global)? {
        Target::Project(root) => {
            let engine = session::engine(&system, &root, None, RunMode::Watch, global)?;
            let goal = watch::Goal::Project {
                root,
                pytest_args: wanted.target.pytest_args.clone(),
            };
            Watcher::run(
                &system,
                goal,
                wanted.plain,
                global,
                engine,
                Wanted::default(),
            )
        }
        Target::Exercise(course, id) => {
            let mut learner = Learner::open(&course, global)?;
            learner.open_exercise(&id)?;
            let engine = session::engine(
                &system,
                course.root(),
                Some(&course),
                RunMode::Watch,
                global,
            )?;
            let goal = watch::Goal::Exercise {
                learner: Box::new(learner),
                id,
            };
            Watcher::run(
                &system,
                goal,
                wanted.plain,
                global,
                engine,
                Wanted::default(),
            )
        }
    }
}

//! What is watched: an exercise, with the course around it, or a project.

use std::path::{Path, PathBuf};

use course::{ExerciseId, next_to_offer};
use engine::{NativeSystem, Subject, Verdict};

use crate::cli::Global;
use crate::error::CommandError;
use crate::session::{self, Learner};
use crate::{render, voice};

/// What is watched.
pub(crate) enum Goal<'c> {
    /// An exercise; solving it is recorded, and leads on.
    Exercise {
        learner: Box<Learner<'c>>,
        id: ExerciseId,
    },
    /// A project that maturin builds.
    Project {
        root: PathBuf,
        pytest_args: Vec<String>,
    },
}

impl Goal<'_> {
    /// The directory that is watched.
    pub(super) fn root(&self) -> &Path {
        match self {
            Self::Exercise { learner, id } => learner
                .course
                .exercise(id)
                .map_or(learner.course.root(), |exercise| exercise.dir()),
            Self::Project { root, .. } => root,
        }
    }

    pub(super) fn is_exercise(&self) -> bool {
        matches!(self, Self::Exercise { .. })
    }

    /// Describes it anew: a manifest may be what was saved.
    pub(super) fn describe(&self, system: &NativeSystem) -> Result<Subject, CommandError> {
        match self {
            Self::Exercise { learner, id } => {
                let exercise = session::present(learner.course, id)?;
                Ok(engine::exercise(system, learner.course, exercise)?)
            }
            Self::Project { root, pytest_args } => Ok(engine::project(system, root, pytest_args)?),
        }
    }

    /// Records a verdict in the learner's progress.
    pub(super) fn record(&mut self, verdict: &Verdict) -> Result<(), CommandError> {
        if let Self::Exercise { learner, id } = self {
            learner.progress.set_solved(id, verdict.is_solved())?;
        }
        Ok(())
    }

    /// Goes to the next exercise; `false` when there is none.
    pub(super) fn next(&mut self, global: &Global) -> Result<bool, CommandError> {
        let Self::Exercise { learner, id } = self else {
            return Ok(true);
        };
        let opened = learner.progress.opened(learner.course)?;
        let left = opened
            .iter()
            .find(|one| !one.solved)
            .map(|one| one.id.clone());
        let next = left.or_else(|| {
            next_to_offer(learner.course.exercises(), &opened).map(|next| next.id().clone())
        });
        let Some(next) = next else {
            render::say(voice::FINISHED, global);
            return Ok(false);
        };
        let exercise = session::present(learner.course, &next)?;
        crate::command::open_exercise(learner, exercise, global)?;
        *id = next;
        Ok(true)
    }

    /// Shows the first hints.
    pub(super) fn hint(&self, global: &Global) -> Result<(), CommandError> {
        let Self::Exercise { learner, id } = self else {
            return Ok(());
        };
        let exercise = session::present(learner.course, id)?;
        let hints = exercise.config(learner.course)?.hints;
        match hints.first() {
            Some(first) => render::hint(exercise, first, 1, hints.len(), global),
            None => render::say("This exercise has no hints.", global),
        }
        Ok(())
    }
}

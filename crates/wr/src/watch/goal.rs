//! What is watched: an exercise and the course around it, or a project.

use std::path::{Path, PathBuf};

use course::{Course, ExerciseId, next_after};
use engine::{NativeSystem, Subject, Verdict};

use super::event::Watched;
use crate::error::CommandError;
use crate::hints::{self, Hint};
use crate::session::{self, Learner};

/// What is watched.
pub(crate) enum Goal<'c> {
    /// An exercise; solving it is recorded and opens the way to the next.
    Exercise {
        learner: Box<Learner<'c>>,
        id: ExerciseId,
    },
    /// A maturin project.
    Project {
        root: PathBuf,
        pytest_args: Vec<String>,
    },
}

impl<'c> Goal<'c> {
    /// The watched directory.
    pub(super) fn root(&self) -> &Path {
        match self {
            Self::Exercise { learner, id } => learner
                .course
                .exercise(id)
                .map_or(learner.course.root(), |exercise| exercise.dir()),
            Self::Project { root, .. } => root,
        }
    }

    /// The course, where exercises are looked up.
    pub(super) fn course(&self) -> Option<&'c Course> {
        match self {
            Self::Exercise { learner, .. } => Some(learner.course),
            Self::Project { .. } => None,
        }
    }

    /// What is watched, as the views know it.
    pub(super) fn subject(&self) -> Watched {
        match self {
            Self::Exercise { learner, id } => Watched::Exercise {
                id: id.clone(),
                has_hints: learner
                    .course
                    .exercise(id)
                    .is_some_and(|exercise| hints::exist(learner.course, exercise)),
            },
            Self::Project { .. } => Watched::Project,
        }
    }

    /// Describes it again, since the saved file may be a manifest.
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
            learner.record(id, verdict)?;
        }
        Ok(())
    }

    /// Moves on to the next unsolved exercise; `false` if there is none.
    pub(super) fn next(&mut self) -> Result<bool, CommandError> {
        let Self::Exercise { learner, id } = self else {
            return Ok(true);
        };
        let opened = learner.progress.opened(learner.course)?;
        let Some(next) = next_after(learner.course.exercises(), &opened, id) else {
            return Ok(false);
        };
        learner.open_exercise(next.id())?;
        *id = next.id().clone();
        Ok(true)
    }

    /// Switches to the exercise that was opened elsewhere in the meantime, and returns whether there was one.
    ///
    /// A watch always follows the current exercise, and `wr open` in another terminal changes that.
    pub(super) fn follow(&mut self) -> bool {
        let Self::Exercise { learner, id } = self else {
            return false;
        };
        // Progress that can't be read now may be readable at the next look.
        let Ok(Some(now)) = learner.progress.current(learner.course) else {
            return false;
        };
        if now == *id {
            return false;
        }
        *id = now;
        true
    }

    /// The next hint, unless there are none.
    pub(super) fn hint(&mut self) -> Result<Option<Hint>, CommandError> {
        let Self::Exercise { learner, id } = self else {
            return Ok(None);
        };
        let exercise = session::present(learner.course, id)?;
        hints::take(learner, exercise, None)
    }
}

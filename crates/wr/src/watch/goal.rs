//! What is watched: an exercise and the course around it, or a project.

use std::path::{Path, PathBuf};

use course::{ExerciseId, next_after};
use engine::{NativeSystem, Subject, Verdict};

use crate::cli::Global;
use crate::error::CommandError;
use crate::render::AskedBy;
use crate::session::{self, Learner};
use crate::{hints, render, voice};

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

impl Goal<'_> {
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

    pub(super) fn is_exercise(&self) -> bool {
        matches!(self, Self::Exercise { .. })
    }

    /// Whether there are hints to ask for.
    pub(super) fn has_hints(&self) -> bool {
        match self {
            Self::Exercise { learner, id } => learner
                .course
                .exercise(id)
                .is_some_and(|exercise| hints::exist(learner.course, exercise)),
            Self::Project { .. } => false,
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

    /// Shows where the solution is, once the learner has solved the exercise.
    pub(super) fn after_solved(&self, global: &Global) {
        if let Self::Exercise { learner, id } = self
            && let Some(exercise) = learner.course.exercise(id)
        {
            render::after_solved(learner.course, exercise, AskedBy::Watch, global);
        }
    }

    /// Moves on to the next unsolved exercise; `false` if there is none.
    pub(super) fn next(&mut self, global: &Global) -> Result<bool, CommandError> {
        let Self::Exercise { learner, id } = self else {
            return Ok(true);
        };
        let opened = learner.progress.opened(learner.course)?;
        let Some(next) = next_after(learner.course.exercises(), &opened, id) else {
            render::say(&voice::finished(learner.course), global);
            return Ok(false);
        };
        crate::command::open_exercise(learner, next, AskedBy::Watch, global)?;
        *id = next.id().clone();
        Ok(true)
    }

    /// Switches to the exercise that was opened elsewhere in the meantime, and returns whether there was one.
    ///
    /// A watch always follows the current exercise, and `wr open` in another terminal changes that.
    pub(super) fn follow(&mut self, global: &Global) -> bool {
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
        render::say(
            &format!("{now} was opened elsewhere; watching it from now on."),
            global,
        );
        *id = now;
        true
    }

    /// Shows the next hint.
    pub(super) fn hint(&mut self, global: &Global) -> Result<(), CommandError> {
        let Self::Exercise { learner, id } = self else {
            return Ok(());
        };
        let exercise = session::present(learner.course, id)?;
        match hints::take(learner, exercise, None)? {
            Some(taken) => render::hint(exercise, &taken, AskedBy::Watch, global),
            None => render::say("This exercise has no hints.", global),
        }
        Ok(())
    }
}

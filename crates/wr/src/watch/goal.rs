//! What is watched: an exercise and the course around it, or a project.

use std::path::{Path, PathBuf};

use course::{Course, Direction, ExerciseId, next_after};
use engine::{NativeSystem, Subject, Verdict};

use super::event::Watched;
use crate::error::CommandError;
use crate::hints::{self, Hint};
use crate::outline::{self, Entry};
use crate::reset;
use crate::session::{self, Learner};
use crate::solution::{self, Answer};

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
            Self::Exercise { learner, id } => {
                let (hints_seen, hints) = learner
                    .course
                    .exercise(id)
                    .map(|exercise| hints::seen(learner, exercise))
                    .unwrap_or_default();
                Watched::Exercise {
                    id: id.clone(),
                    hints_seen,
                    hints,
                }
            }
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
            learner.try_to_record(id, verdict)?;
        }
        Ok(())
    }

    /// The course's exercises, and what the learner has done about each. A project has none.
    pub(super) fn outline(&self) -> Result<Option<Vec<Entry>>, CommandError> {
        match self {
            Self::Exercise { learner, .. } => outline::of(learner).map(Some),
            Self::Project { .. } => Ok(None),
        }
    }

    /// Goes to an exercise.
    pub(super) fn open(&mut self, wanted: &ExerciseId) -> Result<(), CommandError> {
        if let Self::Exercise { learner, id } = self {
            session::present(learner.course, wanted)?;
            learner.open_exercise(wanted)?;
            *id = wanted.clone();
        }
        Ok(())
    }

    /// Goes back to the exercise before this one; `false` if there is none.
    pub(super) fn previous(&mut self) -> Result<bool, CommandError> {
        let Self::Exercise { learner, id } = self else {
            return Ok(true);
        };
        let Some(before) = course::neighbour(learner.course.exercises(), id, Direction::Back)
        else {
            return Ok(false);
        };
        let before = before.id().clone();
        self.open(&before)?;
        Ok(true)
    }

    /// Restores the exercise's original files, after a backup. Returns whether anything changed.
    pub(super) fn reset(&mut self, system: &NativeSystem) -> Result<bool, CommandError> {
        let Self::Exercise { learner, id } = self else {
            return Ok(false);
        };
        let exercise = session::present(learner.course, id)?.clone();
        let done = reset::exercise(system, learner, &exercise)?;
        Ok(done.backup.is_some())
    }

    /// Undoes the last reset. Returns whether anything changed.
    pub(super) fn undo(&mut self) -> Result<bool, CommandError> {
        let Self::Exercise { learner, .. } = self else {
            return Ok(false);
        };
        let done = reset::prepare_undo(learner.course, None)?.carry_out(learner)?;
        Ok(done.backup.is_some())
    }

    /// The solution, compared with the learner's answer. A project has none.
    pub(super) fn solution(&mut self, anyway: bool) -> Result<Answer, CommandError> {
        let Self::Exercise { learner, id } = self else {
            return Ok(Answer::Missing);
        };
        let exercise = session::present(learner.course, id)?;
        solution::of(learner, exercise, anyway)
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

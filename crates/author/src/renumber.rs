//! Moves exercises to other numbers, along with everything that uses their names: solutions, pages, images and outputs,
//! links, the workspace's members, and the learners' progress.

mod apply;
mod former_names;
mod plan;
mod rewrite;

pub use plan::{Moved, RenumberError, Request};

use std::path::PathBuf;

use course::{Course, ExerciseId};

use crate::AuthorError;

/// A planned move, not carried out yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renumbering {
    /// The exercises that get a new name.
    pub moved: Vec<Moved>,
    /// Files and folders to rename: from, to.
    pub renames: Vec<(PathBuf, PathBuf)>,
    /// Files whose text names something that moves.
    pub rewrites: Vec<PathBuf>,
}

impl Renumbering {
    /// Works out what a request means for a course.
    ///
    /// # Errors
    ///
    /// [`RenumberError`] within [`AuthorError::Refused`] if the request can't be carried out; or a file cannot be read.
    pub fn plan(course: &Course, request: &Request) -> Result<Self, AuthorError> {
        let ids: Vec<ExerciseId> = course
            .exercises()
            .iter()
            .map(|one| one.id().clone())
            .collect();
        let moved = plan::plan(&ids, request).map_err(|error| AuthorError::Refused {
            message: error.to_string(),
            help: error.help(),
        })?;
        apply::prepare(course, moved)
    }

    /// Carries out the move. Nothing is overwritten on the way, so an interrupted run loses no files.
    ///
    /// # Errors
    ///
    /// A file could not be renamed or written; whatever was done before that stays done.
    pub fn carry_out(&self, course: &Course) -> Result<(), AuthorError> {
        apply::carry_out(self, course)
    }
}

//! Moves exercises to other numbers, with everything that goes by their names: solutions, pages, images and outputs, links,
//! the workspace's members, and the learners' progress.

mod apply;
mod former_names;
mod plan;
mod rewrite;

pub use plan::{Moved, RenumberError, Request};

use std::path::PathBuf;

use course::{Course, ExerciseId};

use crate::AuthorError;

/// What is to be done, and nothing of it done yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renumbering {
    /// The exercises that get another name.
    pub moved: Vec<Moved>,
    /// Files and folders that are renamed: from, to.
    pub renames: Vec<(PathBuf, PathBuf)>,
    /// Files whose text names what is moved.
    pub rewrites: Vec<PathBuf>,
}

impl Renumbering {
    /// What a request comes to in a course.
    ///
    /// # Errors
    ///
    /// [`RenumberError`] within [`AuthorError::Refused`] where the request cannot be met; or a file cannot be read.
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

    /// Does it. Nothing is overwritten on the way, so that an interrupted run loses no file.
    ///
    /// # Errors
    ///
    /// A file could not be renamed or written; what was done until then stands.
    pub fn carry_out(&self, course: &Course) -> Result<(), AuthorError> {
        apply::carry_out(self, course)
    }
}

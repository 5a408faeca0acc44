//! Reasons why a proof can't be carried out, as opposed to defects in the course.

use std::io;
use std::path::{Path, PathBuf};

use course::CourseError;
use engine::{Interrupted, SubjectError};

/// Why the author's command failed.
#[derive(Debug, thiserror::Error)]
pub enum AuthorError {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The course cannot be read.
    #[error(transparent)]
    Course(#[from] CourseError),
    /// An exercise cannot be described.
    #[error(transparent)]
    Subject(#[from] SubjectError),
    /// The work was cancelled.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// A tool is missing, or failed for reasons of its own.
    #[error("{message}")]
    Tool {
        /// What happened.
        message: String,
        /// What to do.
        help: String,
    },
    /// The request can't be carried out.
    #[error("{message}")]
    Refused {
        /// Why not.
        message: String,
        /// What to do.
        help: String,
    },
}

impl AuthorError {
    /// What to do next.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Course(error) => error.help(),
            Self::Tool { help, .. } | Self::Refused { help, .. } => Some(help.clone()),
            Self::File { .. } => Some("check the permissions and the free disk space".to_owned()),
            Self::Subject(_) | Self::Interrupted(_) => None,
        }
    }

    /// For `map_err` on file operations.
    pub(crate) fn file(path: &Path) -> impl Fn(io::Error) -> Self + '_ {
        move |source| Self::File {
            path: path.to_owned(),
            source,
        }
    }
}

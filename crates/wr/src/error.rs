//! Errors that end a command: not a fault in the learner's work, which is a verdict, but in the tool, its files, or its
//! use.

use author::AuthorError;
use course::{CourseError, ProgressError, SelectError};
use engine::{Interrupted, ManifestError, SubjectError};

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct CommandError {
    pub(crate) kind: Kind,
    /// What happened, naming the file and the cause.
    pub(crate) message: String,
    /// What to do next.
    pub(crate) help: Option<String>,
}

/// Which exit status the error has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Status 2.
    Failed,
    /// Status 2: the directory is neither in a course nor in a project, and there's none below it.
    NothingHere,
    /// Status 130.
    Interrupted,
}

impl CommandError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Failed,
            message: message.into(),
            help: None,
        }
    }

    /// What happened and what to do, for a place that has no separate line for each.
    pub(crate) fn sentence(&self) -> String {
        match &self.help {
            Some(help) => format!("{}: {help}.", self.message),
            None => format!("{}.", self.message),
        }
    }

    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl From<Interrupted> for CommandError {
    fn from(_: Interrupted) -> Self {
        Self {
            kind: Kind::Interrupted,
            ..Self::new("interrupted")
        }
    }
}

impl From<AuthorError> for CommandError {
    fn from(error: AuthorError) -> Self {
        match error {
            AuthorError::Course(error) => error.into(),
            AuthorError::Subject(error) => error.into(),
            AuthorError::Interrupted(error) => error.into(),
            other => Self {
                help: other.help(),
                ..Self::new(other.to_string())
            },
        }
    }
}

impl From<CourseError> for CommandError {
    fn from(error: CourseError) -> Self {
        Self {
            help: error.help(),
            ..Self::new(error.to_string())
        }
    }
}

impl From<ProgressError> for CommandError {
    fn from(error: ProgressError) -> Self {
        Self {
            help: error.help(),
            ..Self::new(error.to_string())
        }
    }
}

impl From<SelectError> for CommandError {
    fn from(error: SelectError) -> Self {
        Self {
            help: error.help(),
            ..Self::new(error.to_string())
        }
    }
}

impl From<ManifestError> for CommandError {
    fn from(error: ManifestError) -> Self {
        Self::new(error.to_string()).help(match error {
            ManifestError::Broken { .. } => {
                "fix the manifest at that place; `git diff` shows what changed last"
            }
            ManifestError::Unreadable { .. } => "check the file's permissions",
        })
    }
}

impl From<SubjectError> for CommandError {
    fn from(error: SubjectError) -> Self {
        match error {
            SubjectError::Course(error) => error.into(),
            SubjectError::Manifest(error) => error.into(),
            SubjectError::Directory { .. } => {
                Self::new(error.to_string()).help("was it renamed or deleted? `wr list` shows the exercises")
            }
            SubjectError::Nothing { .. } => Self::new(error.to_string()).help(
                "an exercise needs a crate, Python tests, or commands of its own under [[verification]] in .wr.toml; \
                 `git status` shows what's missing",
            ),
        }
    }
}

//! Why progress cannot be read or recorded.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why progress cannot be read or recorded. The file is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum ProgressError {
    /// Something that is no file stands in the database's place.
    #[error("{} should be the progress database but is not a file", file.display())]
    NotAFile {
        /// The database's place.
        file: PathBuf,
    },
    /// The database was written by a version of this tool that does not exist yet.
    #[error(
        "{} was written by a newer wr: its version is {found}, and this wr knows up to {known}",
        file.display()
    )]
    Newer {
        /// The database.
        file: PathBuf,
        /// The version it states.
        found: i64,
        /// The last version that is understood.
        known: i64,
    },
    /// A table has not the columns it should have.
    #[error("the table {table} of {} has no column {}", file.display(), missing.join(", "))]
    Incompatible {
        /// The database.
        file: PathBuf,
        /// The table.
        table: &'static str,
        /// The columns that are missing.
        missing: Vec<&'static str>,
    },
    /// Another program holds the database.
    #[error("another program holds {}", file.display())]
    Locked {
        /// The database.
        file: PathBuf,
    },
    /// The disk is full.
    #[error("there is no space left to record progress in {}", file.display())]
    NoSpace {
        /// The database.
        file: PathBuf,
    },
    /// The database can no longer be written to.
    #[error("{} cannot be written to: {source}", file.display())]
    Unwritable {
        /// The database.
        file: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The database is not in order.
    #[error("{} is damaged: {reason}", file.display())]
    Damaged {
        /// The database.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// SQLite refused for another reason.
    #[error("{}: {source}", file.display())]
    Sqlite {
        /// The database.
        file: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl ProgressError {
    /// What became of an operation on `file`, in the words of this crate.
    pub(super) fn new(file: &Path, source: rusqlite::Error) -> Self {
        let file = file.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { file },
            Some(ErrorCode::DiskFull) => Self::NoSpace { file },
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged {
                file,
                reason: source.to_string(),
            },
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Unwritable { file, source }
            }
            _ => Self::Sqlite { file, source },
        }
    }

    /// What to do next, in plain words.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NotAFile { file } => format!(
                "move {} elsewhere; a new database is then begun",
                file.display()
            ),
            Self::Newer { .. } => "update wr; the file was left as it is".to_owned(),
            Self::Incompatible { file, .. } => format!(
                "it was written by another program and was left as it is; \
                 move {} elsewhere to begin a new one",
                file.display()
            ),
            Self::Locked { .. } => {
                "end the other program, which may be another wr or a database browser, \
                 and try again"
                    .to_owned()
            }
            Self::NoSpace { .. } => {
                "make room on the disk and try again; what was recorded before is kept".to_owned()
            }
            Self::Unwritable { file, .. } => format!(
                "see whether {} and its folder may be written to",
                file.display()
            ),
            Self::Damaged { .. } => {
                "start wr again: it keeps the damaged file under another name and begins a new one"
                    .to_owned()
            }
            Self::Sqlite { .. } => return None,
        })
    }
}

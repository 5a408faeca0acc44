//! Why progress cannot be read or recorded.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why progress cannot be read or recorded. The file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum ProgressError {
    /// There is something other than a file in the database's place.
    #[error("{} should be the progress database but is not a file", file.display())]
    NotAFile {
        /// Where the database should be.
        file: PathBuf,
    },
    /// The database was written by a newer version of this tool.
    #[error(
        "{} was written by a newer wr: its version is {found}, but this wr only knows versions up to {known}",
        file.display()
    )]
    Newer {
        /// The database.
        file: PathBuf,
        /// Its version.
        found: i64,
        /// The latest version this tool understands.
        known: i64,
    },
    /// A table lacks columns that it should have.
    #[error("the table {table} of {} has no column {}", file.display(), missing.join(", "))]
    Incompatible {
        /// The database.
        file: PathBuf,
        /// The table.
        table: &'static str,
        /// The missing columns.
        missing: Vec<&'static str>,
    },
    /// Another program holds the database.
    #[error("another program is using {}", file.display())]
    Locked {
        /// The database.
        file: PathBuf,
    },
    /// The disk is full.
    #[error("there is no disk space left to record progress in {}", file.display())]
    NoSpace {
        /// The database.
        file: PathBuf,
    },
    /// The database is no longer writable.
    #[error("{} is not writable: {source}", file.display())]
    Unwritable {
        /// The database.
        file: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The database is damaged.
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
    /// Turns an SQLite error on `file` into an error of this crate.
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
                "move {} elsewhere; wr then starts a new database",
                file.display()
            ),
            Self::Newer { .. } => "update wr; the file is unchanged".to_owned(),
            Self::Incompatible { file, .. } => format!(
                "it was written by another program and is unchanged; \
                 move {} elsewhere to start a new one",
                file.display()
            ),
            Self::Locked { .. } => {
                "close the other program, perhaps another wr or a database browser, \
                 and try again"
                    .to_owned()
            }
            Self::NoSpace { .. } => {
                "free some disk space and try again; everything recorded before is kept".to_owned()
            }
            Self::Unwritable { file, .. } => {
                format!("check that {} and its folder are writable", file.display())
            }
            Self::Damaged { .. } => {
                "start wr again: it keeps the damaged file under another name and starts a new one"
                    .to_owned()
            }
            Self::Sqlite { .. } => return None,
        })
    }
}

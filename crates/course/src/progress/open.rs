//! Opens the database in whatever state it's in.

use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::copy::{Copy, Trust};
use super::{Notice, ProgressError, damage, keep, schema};

/// How long to wait for another program that holds the database.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// An open database.
#[derive(Debug)]
pub(super) struct Database {
    /// The connection, to the file or to memory.
    pub(super) connection: Connection,
    /// Whether what is written persists.
    pub(super) can_record: bool,
    /// What the learner should know.
    pub(super) notices: Vec<Notice>,
}

/// Opens the database `file`, or whatever can stand in for it.
pub(super) fn open(file: &Path) -> Result<Database, ProgressError> {
    let first = match sound(file) {
        // Another program may have repaired the damage in the meantime; never set aside a good file.
        Err(ProgressError::Damaged { .. }) => sound(file),
        other => other,
    };
    match first {
        Ok(connection) => Ok(Database {
            connection,
            can_record: true,
            notices: Vec::new(),
        }),
        Err(ProgressError::Damaged { reason, .. }) => replace(file, reason),
        Err(ProgressError::Unwritable { source, .. }) => {
            in_memory(file, source.to_string(), &Copy::of(file, Trust::Sound))
        }
        Err(ProgressError::NoSpace { .. }) => Ok(Database {
            notices: vec![Notice::NoSpace {
                file: file.to_owned(),
            }],
            ..in_memory(file, String::new(), &Copy::of(file, Trust::Sound))?
        }),
        // Someone who looks into the database with another program still gets verdicts and lists.
        Err(ProgressError::Locked { .. }) => Ok(Database {
            notices: vec![Notice::Held {
                file: file.to_owned(),
            }],
            ..in_memory(file, String::new(), &Copy::of(file, Trust::Held))?
        }),
        Err(other) => Err(other),
    }
}

/// Opens a database that is intact and writable.
fn sound(file: &Path) -> Result<Connection, ProgressError> {
    let failed = |error| ProgressError::new(file, error);
    // Opening a pipe would block forever.
    if file.metadata().is_ok_and(|found| !found.is_file()) {
        return Err(ProgressError::NotAFile {
            file: file.to_owned(),
        });
    }
    let mut connection = Connection::open_with_flags(file, writing()).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    examine(&mut connection, file)?;
    schema::create_or_try(&mut connection).map_err(failed)?;
    Ok(connection)
}

/// Opens a database for writing, by path only, since a folder's name may look like a URI.
fn writing() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Checks the database within one transaction, so that nobody writes to it meanwhile.
fn examine(connection: &mut Connection, file: &Path) -> Result<(), ProgressError> {
    let failed = |error| ProgressError::new(file, error);
    let transaction = connection.transaction().map_err(failed)?;
    schema::require_known_version(&transaction, file)?;
    if let Some(reason) = damage::find(&transaction, file).map_err(failed)? {
        return Err(ProgressError::Damaged {
            file: file.to_owned(),
            reason,
        });
    }
    schema::require_columns(&transaction, file)
}

/// Keeps a damaged database under another name and starts a new one with whatever can be read from it.
///
/// The new one is complete before the damaged one is touched: if the disk is full, the next attempt still finds
/// everything.
fn replace(file: &Path, reason: String) -> Result<Database, ProgressError> {
    let copy = Copy::of(file, Trust::Damaged);
    let stuck = |error: &dyn Display| {
        let reason = format!("it is damaged ({reason}) and cannot be replaced: {error}");
        in_memory(file, reason, &copy)
    };
    let new = match keep::reserve(file, "new") {
        Ok(new) => new,
        Err(error) => return stuck(&error),
    };
    if let Err(error) = fill(&new, &copy) {
        keep::release(&new);
        return match ProgressError::new(file, error) {
            ProgressError::Unwritable { source, .. } => stuck(&source),
            other => Err(other),
        };
    }
    let kept = match keep::set_aside(file) {
        Ok(kept) => kept,
        Err(error) => {
            keep::release(&new);
            return stuck(&error);
        }
    };
    if let Err(error) = fs::rename(&new, file) {
        keep::release(&new);
        let reason = format!("it was damaged and is kept as {}: {error}", kept.display());
        return in_memory(file, reason, &copy);
    }
    Ok(Database {
        connection: sound(file)?,
        can_record: true,
        notices: vec![Notice::DamagedKept {
            kept,
            reason,
            salvaged: copy.len(),
        }],
    })
}

/// Creates a new database from what was read from another.
fn fill(new: &Path, copy: &Copy) -> rusqlite::Result<()> {
    let mut connection = Connection::open_with_flags(new, writing())?;
    let transaction = connection.transaction()?;
    schema::create(&transaction)?;
    copy.write(&transaction)?;
    transaction.commit()
}

/// An in-memory database with whatever could be read from the file, so that the learner can continue for now.
fn in_memory(file: &Path, reason: String, copy: &Copy) -> Result<Database, ProgressError> {
    let opened = (|| {
        let connection = Connection::open_in_memory()?;
        schema::create(&connection)?;
        copy.write(&connection)?;
        Ok(connection)
    })();
    let connection = opened.map_err(|error| ProgressError::new(file, error))?;
    Ok(Database {
        connection,
        can_record: false,
        notices: vec![Notice::NotRecorded {
            file: file.to_owned(),
            reason,
        }],
    })
}

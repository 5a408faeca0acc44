//! Checks the health of a database without touching it.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{ProgressError, damage, schema};
use crate::Course;

/// Checks the course's progress database and changes nothing, even if something is wrong. A database that doesn't exist
/// yet is fine.
pub fn examine_progress(course: &Course) -> Result<(), ProgressError> {
    let file = course.progress_file();
    if file.symlink_metadata().is_err() {
        return Ok(());
    }
    examine(&file)
}

fn examine(file: &Path) -> Result<(), ProgressError> {
    let failed = |error| ProgressError::new(file, error);
    // Opening a pipe would block forever.
    if file.metadata().is_ok_and(|found| !found.is_file()) {
        return Err(ProgressError::NotAFile {
            file: file.to_owned(),
        });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(failed)?;
    connection
        .busy_timeout(super::open::PATIENCE)
        .map_err(failed)?;
    schema::require_known_version(&connection, file)?;
    if let Some(reason) = damage::find(&connection, file).map_err(failed)? {
        return Err(ProgressError::Damaged {
            file: file.to_owned(),
            reason,
        });
    }
    schema::require_columns(&connection, file)
}

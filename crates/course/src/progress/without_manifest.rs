//! Keeps the progress in exercises that the other tool doesn't recognise: those without a `Cargo.toml`.
//!
//! The other tool removes their rows from the shared table, as if the exercises were gone. So we keep a copy in our own
//! table, and restore whatever is missing from the shared one.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::record::{put, solved};
use super::{Progress, ProgressError};
use crate::{Course, RecordedName};

/// The exercises of a course that the other tool doesn't recognise.
pub(super) fn find(course: &Course) -> BTreeSet<RecordedName> {
    course
        .exercises()
        .iter()
        .filter(|exercise| !exercise.dir().join("Cargo.toml").exists())
        .map(|exercise| RecordedName::from(exercise.id()))
        .collect()
}

/// Restores what the other tool removed, and saves what is new.
pub(super) fn restore(progress: &mut Progress) -> Result<(), ProgressError> {
    let names: Vec<RecordedName> = progress.without_manifest.iter().cloned().collect();
    for name in names {
        let (shared, kept) = progress
            .read(|connection| Ok((solved(connection, &name)?, kept(connection, &name)?)))?;
        match (shared, kept) {
            (None, Some(was_solved)) => {
                progress.write(|transaction| put(transaction, &name, was_solved))?;
            }
            (Some(is_solved), kept) if kept != Some(is_solved) => {
                progress.write(|transaction| keep(transaction, &name, is_solved))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes the copy of an exercise's row.
pub(super) fn keep(
    connection: &Connection,
    name: &RecordedName,
    is_solved: bool,
) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT OR REPLACE INTO wr_without_manifest (chapter, exercise, solved) VALUES (?1, ?2, ?3)",
        params![name.chapter, name.exercise, is_solved],
    )?;
    Ok(())
}

fn kept(connection: &Connection, name: &RecordedName) -> rusqlite::Result<Option<bool>> {
    connection
        .query_row(
            "SELECT solved IS TRUE FROM wr_without_manifest WHERE chapter = ?1 AND exercise = ?2",
            params![name.chapter, name.exercise],
            |row| row.get(0),
        )
        .optional()
}

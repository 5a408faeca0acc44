//! The tables, and checks that a database has them in the right shape.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::ProgressError;

/// The last `user_version` we understand. The other tool leaves it at 0, and so do we for as long as we can.
const KNOWN_VERSION: i64 = 0;

const TABLES: [(&str, &[&str]); 5] = [
    ("open_exercises", &["chapter", "exercise", "solved"]),
    ("wr_current", &["only", "chapter", "exercise"]),
    ("wr_hints", &["chapter", "exercise", "shown"]),
    ("wr_solutions_seen", &["chapter", "exercise"]),
    ("wr_without_manifest", &["chapter", "exercise", "solved"]),
];

/// The first table is the one that courses rely on. The others are ours: the second has a single row, the third the
/// number of the last hint shown, the fourth the exercises whose solution was shown before they were solved, and the last a copy of
/// the rows that the other tool removes.
const CREATE: &str = "
    CREATE TABLE IF NOT EXISTS open_exercises (
        chapter TEXT, exercise TEXT, solved INTEGER, PRIMARY KEY (chapter, exercise)
    );
    CREATE TABLE IF NOT EXISTS wr_current (
        only INTEGER PRIMARY KEY CHECK (only = 1), chapter TEXT NOT NULL, exercise TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS wr_hints (
        chapter TEXT NOT NULL, exercise TEXT NOT NULL, shown INTEGER NOT NULL, PRIMARY KEY (chapter, exercise)
    );
    CREATE TABLE IF NOT EXISTS wr_solutions_seen (
        chapter TEXT NOT NULL, exercise TEXT NOT NULL, PRIMARY KEY (chapter, exercise)
    );
    CREATE TABLE IF NOT EXISTS wr_without_manifest (
        chapter TEXT NOT NULL, exercise TEXT NOT NULL, solved INTEGER NOT NULL, PRIMARY KEY (chapter, exercise)
    );
";

/// Refuses a database from a newer version.
pub(super) fn require_known_version(
    connection: &Connection,
    file: &Path,
) -> Result<(), ProgressError> {
    let found: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| ProgressError::new(file, error))?;
    if (0..=KNOWN_VERSION).contains(&found) {
        return Ok(());
    }
    Err(ProgressError::Newer {
        file: file.to_owned(),
        found,
        known: KNOWN_VERSION,
    })
}

/// Refuses a database whose tables lack columns. Missing tables are fine.
pub(super) fn require_columns(connection: &Connection, file: &Path) -> Result<(), ProgressError> {
    for (table, wanted) in TABLES {
        let found = columns(connection, table).map_err(|error| ProgressError::new(file, error))?;
        let missing: Vec<_> = wanted
            .iter()
            .copied()
            .filter(|column| !found.iter().any(|name| name.eq_ignore_ascii_case(column)))
            .collect();
        if !found.is_empty() && !missing.is_empty() {
            return Err(ProgressError::Incompatible {
                file: file.to_owned(),
                table,
                missing,
            });
        }
    }
    Ok(())
}

/// Creates missing tables, or otherwise tests whether anything can be written at all.
pub(super) fn create_or_try(connection: &mut Connection) -> rusqlite::Result<()> {
    let mut complete = true;
    for (table, _) in TABLES {
        complete &= !columns(connection, table)?.is_empty();
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if complete {
        // SQLite opens its journal only at the first change. So a folder without write permission shows up here, and
        // not when the learner's work should be recorded. The change is never committed.
        transaction.execute_batch("CREATE TABLE wr_trial (x INTEGER)")?;
        return transaction.rollback();
    }
    transaction.execute_batch(CREATE)?;
    transaction.commit()
}

/// Creates the tables of a new database.
pub(super) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(CREATE)
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?;
    names.collect()
}

//! Reads whatever is readable from a database that can't be used as it is.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, Row, params};

use crate::RecordedName;

/// How far to trust a database's contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// It's intact: everything counts.
    Sound,
    /// It's damaged: only rows named like an exercise count.
    Damaged,
    /// Another program holds it and may be about to write: it's read past the lock, and only rows named like an
    /// exercise count.
    Held,
}

/// What was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Copy {
    rows: BTreeMap<RecordedName, bool>,
    current: Option<RecordedName>,
}

impl Copy {
    /// Reads as much of `file` as possible, without changing it.
    pub(super) fn of(file: &Path, trust: Trust) -> Self {
        let mut copy = Self::default();
        // Whatever can't be read is missing from the copy; other code reports that the database is unusable.
        let _ = copy.read(file, trust);
        copy
    }

    /// How many exercises have a row.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Writes everything into the tables of `connection`.
    pub(super) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        for (name, solved) in &self.rows {
            connection.execute(
                "INSERT INTO open_exercises (chapter, exercise, solved) VALUES (?1, ?2, ?3)",
                params![name.chapter, name.exercise, solved],
            )?;
        }
        if let Some(name) = &self.current {
            connection.execute(
                "INSERT INTO wr_current (only, chapter, exercise) VALUES (1, ?1, ?2)",
                params![name.chapter, name.exercise],
            )?;
        }
        Ok(())
    }

    fn read(&mut self, file: &Path, trust: Trust) -> rusqlite::Result<()> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = match trust {
            Trust::Sound | Trust::Damaged => Connection::open_with_flags(file, flags)?,
            // See the SQLite documentation, "Uniform Resource Identifiers", `immutable`: SQLite neither takes nor
            // checks locks.
            Trust::Held => Connection::open_with_flags(
                format!("file:{}?immutable=1", escaped(file)),
                flags | OpenFlags::SQLITE_OPEN_URI,
            )?,
        };
        // With this setting SQLite reads a file that has fewer pages than it should.
        connection.execute_batch("PRAGMA writable_schema = ON")?;
        let believed = |name: &RecordedName| trust == Trust::Sound || name.to_id().is_some();
        // A scan ends at the first unreadable page, so the second scan starts from the other end.
        for order in ["ASC", "DESC"] {
            let query = format!(
                "SELECT chapter, exercise, solved FROM open_exercises NOT INDEXED ORDER BY rowid {order}"
            );
            let Ok(mut statement) = connection.prepare(&query) else {
                continue;
            };
            let mut rows = statement.query([])?;
            while let Ok(Some(row)) = rows.next() {
                if let Some(name) = name(row).filter(believed) {
                    let solved = matches!(row.get(2), Ok(Value::Integer(solved)) if is_solved(solved, trust));
                    self.rows.insert(name, solved);
                }
            }
        }
        let query = "SELECT chapter, exercise FROM wr_current";
        let current = connection.query_row(query, [], |row| Ok(name(row)))?;
        self.current = current.filter(believed);
        Ok(())
    }
}

/// The name in the first two columns, if both are text.
pub(super) fn name(row: &Row<'_>) -> Option<RecordedName> {
    match (row.get(0), row.get(1)) {
        (Ok(Value::Text(chapter)), Ok(Value::Text(exercise))) => {
            Some(RecordedName { chapter, exercise })
        }
        _ => None,
    }
}

fn is_solved(value: i64, trust: Trust) -> bool {
    match trust {
        Trust::Sound => value != 0,
        Trust::Damaged | Trust::Held => value == 1,
    }
}

/// A path, escaped for a URI.
fn escaped(file: &Path) -> String {
    let mut text = String::new();
    for byte in file.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte) {
            text.push(char::from(*byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

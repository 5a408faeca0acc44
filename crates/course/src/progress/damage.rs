//! Checks whether a database is damaged.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

/// Only databases with up to this many pages are checked completely.
const MOST_PAGES: i64 = 2000;

/// What is wrong with the database, if anything.
///
/// A course's database has only a few pages, so checking all of it takes no noticeable time. A much larger one contains
/// more than a course, and any damage shows up when it's read.
pub(super) fn find(connection: &Connection, file: &Path) -> rusqlite::Result<Option<String>> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if pragma("page_count")? <= MOST_PAGES {
        let verdict: String =
            connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if verdict != "ok" {
            return Ok(Some(verdict));
        }
    }
    let should = pragma("page_count")?.saturating_mul(pragma("page_size")?);
    let should = u64::try_from(should).unwrap_or_default();
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    // SQLite treats a truncated last page as if it ended in zeros. With a write-ahead log, though, the file may not
    // have all its pages yet.
    if mode != "wal"
        && let Ok(found) = fs::metadata(file)
        && found.len() < should
    {
        return Ok(Some(format!(
            "it has {} bytes instead of {should}",
            found.len()
        )));
    }
    Ok(None)
}

//! Whether a database is damaged.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

/// Of so many pages a database is looked through.
const MOST_PAGES: i64 = 2000;

/// What is wrong with the database, where anything is.
///
/// The database is a few pages long, so looking through all of it takes no time that anybody would notice. One that is much
/// longer is not a course's alone, and what is wrong with it shows where it is read.
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
    // SQLite takes a last page that is cut short for one that ends in zeros. In a write-ahead log, though, pages may
    // be waiting that the file does not have yet.
    if mode != "wal"
        && let Ok(found) = fs::metadata(file)
        && found.len() < should
    {
        return Ok(Some(format!(
            "it has {} bytes and should have {should}",
            found.len()
        )));
    }
    Ok(None)
}

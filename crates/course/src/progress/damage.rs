//! Whether a database is damaged, and where a damaged one is kept.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

/// The files that SQLite keeps beside a database. A journal left behind would be played back into the new one.
const COMPANIONS: [&str; 3] = ["-journal", "-wal", "-shm"];

/// What is wrong with the database, where anything is.
///
/// The database is a few pages long, so looking through all of it takes no time that anybody would notice.
pub(super) fn find(connection: &Connection, file: &Path) -> rusqlite::Result<Option<String>> {
    let verdict: String =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Ok(Some(verdict));
    }
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
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

/// Renames a damaged database and its companions to a free name, and returns that name.
pub(super) fn set_aside(file: &Path) -> io::Result<PathBuf> {
    let kept = reserve(file)?;
    // The companions go first: a new database must never meet the old one's journal.
    for suffix in COMPANIONS {
        let companion = with_suffix(file, suffix);
        if companion.symlink_metadata().is_ok() {
            fs::rename(&companion, with_suffix(&kept, suffix))?;
        }
    }
    fs::rename(file, &kept)?;
    Ok(kept)
}

/// Takes possession of a free name by an empty file, which the rename then replaces, so that nothing that another
/// program puts there at the same moment is overwritten.
fn reserve(file: &Path) -> io::Result<PathBuf> {
    let mut number: u32 = 1;
    loop {
        let name = with_suffix(file, &format!(".damaged-{number}"));
        let companions_free = COMPANIONS
            .iter()
            .all(|suffix| with_suffix(&name, suffix).symlink_metadata().is_err());
        if companions_free {
            match OpenOptions::new().write(true).create_new(true).open(&name) {
                Ok(_) => return Ok(name),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        number = number
            .checked_add(1)
            .ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
    }
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(suffix);
    PathBuf::from(name)
}

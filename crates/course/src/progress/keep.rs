//! Files next to the database: where a damaged one is kept, and where its replacement is built.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// The files that SQLite keeps next to a database. A leftover journal would be replayed into the next database.
const COMPANIONS: [&str; 3] = ["-journal", "-wal", "-shm"];

/// Moves a damaged database and its companions to a free name, and returns that name. If that fails, everything is back
/// where it was.
pub(super) fn set_aside(file: &Path) -> io::Result<PathBuf> {
    let kept = reserve(file, "damaged")?;
    // Companions first: a new database must never meet the old one's journal.
    let mut moved = Vec::new();
    let mut outcome = Ok(());
    for suffix in COMPANIONS.into_iter().chain([""]) {
        let (from, to) = (with_suffix(file, suffix), with_suffix(&kept, suffix));
        if from.symlink_metadata().is_err() {
            continue;
        }
        outcome = fs::rename(&from, &to);
        if outcome.is_err() {
            break;
        }
        moved.push((from, to));
    }
    match outcome {
        Ok(()) => Ok(kept),
        Err(error) => {
            for (from, to) in moved {
                // The first error is the one to report.
                let _ = fs::rename(to, from);
            }
            release(&kept);
            Err(error)
        }
    }
}

/// Reserves a free name such as `progress.db.damaged-1` with an empty file, to be replaced later. That way nothing is
/// overwritten, whether it existed before or another program creates it at the same moment.
pub(super) fn reserve(file: &Path, label: &str) -> io::Result<PathBuf> {
    let mut number: u32 = 1;
    loop {
        let name = with_suffix(file, &format!(".{label}-{number}"));
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

/// Removes a reserved file that wasn't used.
pub(super) fn release(reserved: &Path) {
    for suffix in COMPANIONS.into_iter().chain([""]) {
        // It's empty, so leaving it does no harm.
        let _ = fs::remove_file(with_suffix(reserved, suffix));
    }
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(suffix);
    PathBuf::from(name)
}

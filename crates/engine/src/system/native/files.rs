//! Files, written so that a reader never sees half of one.

use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::system::{Entry, FileKind, FileStamp, UNFINISHED};

/// How long to wait between two attempts to take a lock.
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

pub(super) fn kind(found: &Metadata) -> FileKind {
    if found.is_file() {
        FileKind::File
    } else if found.is_dir() {
        FileKind::Directory
    } else {
        FileKind::Other
    }
}

pub(super) fn stamp(found: &Metadata) -> FileStamp {
    let modified = found.modified().map_or(0, nanoseconds);
    let stamp = FileStamp::new(found.len(), modified);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        FileStamp {
            changed: i128::from(found.ctime()) * 1_000_000_000 + i128::from(found.ctime_nsec()),
            number: (found.dev(), found.ino()),
            ..stamp
        }
    }
    #[cfg(not(unix))]
    stamp
}

/// A time in nanoseconds since the Unix epoch, negative before it.
pub(super) fn nanoseconds(time: SystemTime) -> i128 {
    let whole = |part: Duration| i128::try_from(part.as_nanos()).unwrap_or(i128::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since),
        Err(before) => -whole(before.duration()),
    }
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    let mut temporary = temporary_for(path)?;
    temporary.write_all(bytes)?;
    temporary.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

pub(super) fn write_program(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    let mut temporary = temporary_for(path)?;
    temporary.write_all(bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions = fs::Permissions::from_mode(0o755);
        temporary.as_file().set_permissions(permissions)?;
    }
    temporary.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

pub(super) fn publish(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut temporary = temporary_for(to)?;
    io::copy(&mut source, temporary.as_file_mut())?;
    temporary
        .as_file()
        .set_permissions(source.metadata()?.permissions())?;
    temporary.persist(to).map_err(|failed| failed.error)?;
    Ok(())
}

/// A temporary file in the directory of `path`, so that the rename stays within one file system.
fn temporary_for(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let dir = path.parent().ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "a file cannot replace the root",
        )
    })?;
    fs::create_dir_all(dir)?;
    tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(dir)
}

pub(super) fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

pub(super) fn list(dir: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        // An entry that vanished after the listing counts as absent.
        if let Ok(found) = fs::metadata(&path) {
            entries.push(Entry {
                kind: kind(&found),
                path,
            });
        }
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

pub(super) fn lock(
    path: &Path,
    waits: &mut dyn FnMut() -> bool,
) -> io::Result<Option<Box<dyn Send>>> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(Box::new(file))),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if !waits() => return Ok(None),
            Err(TryLockError::WouldBlock) => std::thread::sleep(BETWEEN_TRIES),
        }
    }
}

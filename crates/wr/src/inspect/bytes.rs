//! Opening what may be anything.

use std::fs::{File, FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

use super::report::{Trouble, shown};

/// Opens a regular file, and nothing else: a pipe would wait for ever, and a device has no end.
pub(super) fn open(path: &Path) -> Result<(File, u64), Trouble> {
    let refuse = |error: &io::Error| cannot_read(path, error);
    let before = std::fs::metadata(path).map_err(|error| refuse(&error))?;
    require_file(path, &before)?;
    let file = File::open(path).map_err(|error| refuse(&error))?;
    // What was a file a moment ago may have been replaced since.
    let now = file.metadata().map_err(|error| refuse(&error))?;
    require_file(path, &now)?;
    Ok((file, now.len()))
}

/// The text of a small file; nothing where it is none, larger than `most`, or no UTF-8.
pub(super) fn text(path: &Path, most: u64) -> Option<String> {
    let (file, length) = open(path).ok()?;
    if length > most {
        return None;
    }
    let mut text = String::new();
    file.take(most).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The bytes of a small file; nothing where it is none, or larger than `most`.
pub(super) fn content(path: &Path, most: u64) -> Option<Vec<u8>> {
    let (file, length) = open(path).ok()?;
    if length > most {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn require_file(path: &Path, metadata: &Metadata) -> Result<(), Trouble> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(not_a_file(path, metadata.file_type()))
}

/// What lies in a file's place.
pub(super) fn not_a_file(path: &Path, kind: FileType) -> Trouble {
    Trouble::new(
        shown(path),
        format!("this is {}, which is not read", name_of(kind)),
    )
    .help("name a file, a wheel, a directory, or an installed module")
}

#[cfg(unix)]
fn name_of(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_char_device() || kind.is_block_device() {
        "a device"
    } else if kind.is_dir() {
        "a directory"
    } else {
        "no ordinary file"
    }
}

#[cfg(not(unix))]
fn name_of(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a directory"
    } else {
        "no ordinary file"
    }
}

/// The kind of this error has no stable name yet.
fn is_loop(path: &Path) -> bool {
    path.is_symlink() && !path.exists()
}

/// A file or directory that the system does not let us read.
pub(super) fn cannot_read(path: &Path, error: &io::Error) -> Trouble {
    let trouble = Trouble::new(shown(path), format!("it cannot be read: {error}"));
    match error.kind() {
        io::ErrorKind::PermissionDenied => trouble.help("look at its permissions"),
        io::ErrorKind::NotFound => trouble.help("is it a link to something that is gone?"),
        _ if is_loop(path) => trouble.help("it is a link that leads back to itself"),
        _ => trouble,
    }
}

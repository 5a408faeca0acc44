//! Opens paths that may be anything.

use std::fs::{File, FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

use super::report::{Trouble, shown};

/// Opens only regular files: a pipe would block forever, and a device has no end.
pub(super) fn open(path: &Path) -> Result<(File, u64), Trouble> {
    let refuse = |error: &io::Error| cannot_read(path, error);
    let before = std::fs::metadata(path).map_err(|error| refuse(&error))?;
    require_file(path, &before)?;
    let file = File::open(path).map_err(|error| refuse(&error))?;
    // The file may have been replaced in the meantime.
    let now = file.metadata().map_err(|error| refuse(&error))?;
    require_file(path, &now)?;
    Ok((file, now.len()))
}

/// The text of a small file; `None` if it isn't a file, is larger than `most`, or isn't UTF-8.
pub(super) fn text(path: &Path, most: u64) -> Option<String> {
    let (file, length) = open(path).ok()?;
    if length > most {
        return None;
    }
    let mut text = String::new();
    file.take(most).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The bytes of a small file; `None` if it isn't a file, or is larger than `most`.
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

/// What's there instead of a file.
pub(super) fn not_a_file(path: &Path, kind: FileType) -> Trouble {
    Trouble::new(
        shown(path),
        format!("this is {}, which can't be inspected", name_of(kind)),
    )
    .help("pass a file, a wheel, a directory, or an installed module")
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
        "not a regular file"
    }
}

#[cfg(not(unix))]
fn name_of(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a directory"
    } else {
        "not a regular file"
    }
}

/// This error kind has no stable name yet.
fn is_loop(path: &Path) -> bool {
    path.is_symlink() && !path.exists()
}

/// A file or directory that the system doesn't let us read.
pub(super) fn cannot_read(path: &Path, error: &io::Error) -> Trouble {
    let trouble = Trouble::new(shown(path), format!("it can't be read: {error}"));
    match error.kind() {
        io::ErrorKind::PermissionDenied => trouble.help("check its permissions"),
        io::ErrorKind::NotFound => trouble.help("is it a link to something that's gone?"),
        _ if is_loop(path) => trouble.help("it's a link that leads back to itself"),
        _ => trouble,
    }
}

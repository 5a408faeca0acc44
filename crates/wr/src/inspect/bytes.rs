//! Opening what may be anything.

use std::fs::{File, FileType, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use super::report::{Trouble, shown};

/// No larger file is looked at.
const LARGEST: u64 = 2 << 30;

/// No more of one is read: the largest published extensions have some hundred megabytes.
const MOST_READ: u64 = 1 << 30;

/// Smaller files are read whole.
const SMALL: usize = 256 << 10;

/// So many bytes are read sooner than passed over.
const GAP: u64 = 16 << 10;

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

/// The bytes of a binary: those that inspection looks at, with zeros in the place of the others. Most of a large library is
/// code, and what is not read costs neither time nor memory: zeros that nobody writes are no memory yet.
pub(super) fn of_binary(path: &Path) -> Result<Vec<u8>, Trouble> {
    let (mut file, length) = open(path)?;
    let unreadable = |error: io::Error| cannot_read(path, &error);
    let too_much = || {
        Trouble::new(
            shown(path),
            format!("more than {MOST_READ} bytes of it would have to be read"),
        )
    };
    let room = usize::try_from(length)
        .ok()
        .filter(|_| length <= LARGEST)
        .ok_or_else(|| {
            Trouble::new(
                shown(path),
                format!("the file has {length} bytes: none with more than {LARGEST} is read"),
            )
        })?;
    if room <= SMALL {
        let mut bytes = Vec::with_capacity(room);
        file.take(length)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        return Ok(bytes);
    }
    let parts = anatomy::parts_looked_at(length, |start, size| {
        // No table that says where the others are is large.
        let mut part = vec![0; Some(size).filter(|size| *size <= SMALL)?];
        file.seek(SeekFrom::Start(start)).ok()?;
        file.read_exact(&mut part).ok()?;
        Some(part)
    });
    let parts = if let Some(parts) = parts {
        joined(parts)
    } else {
        let head = head(&mut file).map_err(unreadable)?;
        if anatomy::inspect(&head, &anatomy::Expectation::new())
            .is_err_and(|error| matches!(error, anatomy::ReadError::NotABinary(_)))
        {
            // Its beginning says it already.
            return Ok(head);
        }
        std::iter::once(0..length).collect()
    };
    if parts.iter().map(|part| part.end - part.start).sum::<u64>() > MOST_READ {
        return Err(too_much());
    }
    let mut bytes = vec![0; room];
    for part in parts {
        let place = usize::try_from(part.start)
            .ok()
            .zip(usize::try_from(part.end).ok());
        let place = place.and_then(|(start, end)| bytes.get_mut(start..end));
        file.seek(SeekFrom::Start(part.start)).map_err(unreadable)?;
        file.read_exact(place.unwrap_or_default())
            .map_err(unreadable)?;
    }
    Ok(bytes)
}

fn head(file: &mut File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(SMALL as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Ranges sorted, and joined where what lies between is less than another call costs.
fn joined(mut parts: Vec<Range<u64>>) -> Vec<Range<u64>> {
    parts.sort_by_key(|part| part.start);
    let mut joined: Vec<Range<u64>> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if part.start <= last.end.saturating_add(GAP) => {
                last.end = last.end.max(part.end);
            }
            _ => joined.push(part),
        }
    }
    joined
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn near_parts_are_read_at_once() {
        let far = GAP * 3;
        let parts = vec![far..far + 5, 0..10, 8..12, 20..30];
        assert_eq!(joined(parts), [0..30, far..far + 5]);
    }

    #[test]
    fn what_is_not_read_changes_nothing() {
        // The test itself is a large binary, and so is the library that it is linked with.
        let own = std::env::current_exe().unwrap();
        let whole = std::fs::read(&own).unwrap();
        let parts = of_binary(&own).unwrap();
        assert_eq!(parts.len(), whole.len());
        assert_ne!(parts, whole, "everything was read");
        let inspect = |bytes: &[u8]| anatomy::inspect(bytes, &anatomy::Expectation::new());
        assert_eq!(inspect(&parts), inspect(&whole));
    }

    #[test]
    fn a_large_file_of_nothing_is_not_read() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"hello").unwrap();
        file.as_file().set_len(LARGEST).unwrap();
        let bytes = of_binary(file.path()).unwrap();
        assert_eq!(bytes.len(), SMALL);
        file.as_file().set_len(LARGEST + 1).unwrap();
        assert!(
            of_binary(file.path())
                .unwrap_err()
                .message
                .contains("none with more")
        );
    }
}

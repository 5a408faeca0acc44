//! Reads and judges one binary on disk.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use anatomy::{Expectation, Inspection, LooksLike, ReadError};

use super::bytes::{cannot_read, open};
use super::report::Trouble;

/// Larger files aren't inspected.
const LARGEST: u64 = 2 << 30;

/// Larger files aren't read completely: the largest published extensions have a few hundred megabytes.
const LARGEST_READ: u64 = 1 << 30;

/// Smaller files are read completely.
const SMALL: u64 = 256 << 10;

/// Inspects a file. `target` is its name in errors.
pub(super) fn inspect(
    target: &str,
    path: &Path,
    expected: &Expectation,
) -> Result<Inspection, Trouble> {
    let (mut file, length) = open(path)?;
    if length > LARGEST {
        return Err(Trouble::new(
            target,
            format!("the file has {length} bytes, but the limit is {LARGEST}"),
        ));
    }
    let part = |start: u64, part: &mut [u8]| {
        file.seek(SeekFrom::Start(start)).ok()?;
        file.read_exact(part).ok()
    };
    let by_parts = if length > SMALL {
        anatomy::inspect_parts(length, expected, part)
    } else {
        None
    };
    let inspected = match by_parts {
        Some(inspected) => inspected,
        None => whole(target, &mut file, length, expected)?,
    };
    inspected.map_err(|error| no_binary(target, &error))
}

/// Inspects a file after reading it completely, unless its beginning already shows that it isn't a binary.
fn whole(
    target: &str,
    file: &mut File,
    length: u64,
    expected: &Expectation,
) -> Result<Result<Inspection, ReadError>, Trouble> {
    let unreadable = |error: io::Error| cannot_read(Path::new(target), &error);
    let mut bytes = Vec::new();
    file.rewind().map_err(unreadable)?;
    file.take(length.min(SMALL))
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if length > SMALL {
        let by_its_beginning = anatomy::inspect(&bytes, expected);
        if matches!(by_its_beginning, Err(ReadError::NotABinary(_))) {
            return Ok(by_its_beginning);
        }
        if length > LARGEST_READ {
            return Err(Trouble::new(
                target,
                format!("more than {LARGEST_READ} of its bytes would have to be read"),
            ));
        }
        file.take(length - SMALL)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
    }
    Ok(anatomy::inspect(&bytes, expected))
}

fn no_binary(target: &str, error: &ReadError) -> Trouble {
    let trouble = Trouble::new(target, error.to_string());
    match error {
        ReadError::NotABinary(LooksLike::Zip) => trouble.help(
            "a wheel is recognised by its name, which ends in .whl; other archives aren't opened",
        ),
        ReadError::NotABinary(LooksLike::Gzip) => {
            trouble.help("unpack it, and pass the project directory inside")
        }
        ReadError::NotABinary(_) | ReadError::Empty => trouble.help(
            "an extension is a shared library: `.so`, `.pyd`, or `.dylib` before it's installed",
        ),
        ReadError::Truncated { .. } => {
            trouble.help("download or build it again: its end is missing")
        }
        ReadError::Malformed { .. } | ReadError::TooMuch { .. } => trouble,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn reading_a_large_library_in_parts_gives_the_same_result() {
        // The test itself is a large binary, and so is the library it's linked with.
        let own = std::env::current_exe().unwrap();
        let bytes = std::fs::read(&own).unwrap();
        let mut read = 0;
        let by_parts = anatomy::inspect_parts(
            bytes.len() as u64,
            &Expectation::new(),
            |start, part: &mut [u8]| {
                let start = usize::try_from(start).ok()?;
                part.copy_from_slice(bytes.get(start..start.checked_add(part.len())?)?);
                read += part.len();
                Some(())
            },
        );
        assert!(
            read < bytes.len() / 2,
            "{read} of {} bytes were read",
            bytes.len()
        );
        let by_parts = by_parts.unwrap().unwrap();
        assert_eq!(
            Ok(&by_parts),
            anatomy::inspect(&bytes, &Expectation::new()).as_ref()
        );
        assert_eq!(
            Ok(by_parts),
            inspect("own", &own, &Expectation::new()).map_err(|trouble| trouble.message)
        );
    }

    #[test]
    fn a_large_file_of_zeros_is_not_read() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"hello").unwrap();
        let message = || {
            inspect("x", file.path(), &Expectation::new())
                .unwrap_err()
                .message
        };
        file.as_file().set_len(LARGEST).unwrap();
        assert!(message().contains("isn't a binary"), "{}", message());
        file.as_file().set_len(LARGEST + 1).unwrap();
        assert!(message().contains("but the limit is"), "{}", message());
    }
}

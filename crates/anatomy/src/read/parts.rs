//! Reading a large file by parts: most of a library is code, and what is not looked at costs neither time nor memory.

use std::ops::Range;

use super::constants::Constants;
use super::{ReadError, elf_parts};

/// How a part of a file is read: from a place on, until the buffer is full; nothing where that cannot be done.
pub(super) type ReadPart<'r> = dyn FnMut(u64, &mut [u8]) -> Option<()> + 'r;

/// So many bytes are read sooner than passed over.
const GAP: u64 = 16 << 10;

/// No more of a file is held: the largest published extensions have some hundred megabytes, most of which is code.
const MOST_HELD: u64 = 1 << 30;

/// Which parts of a file are looked at. Sections may overlap in a hostile file; what is searched is no longer than the file.
pub(super) struct Parts {
    /// Those that the readers look into.
    pub(super) held: Vec<Range<u64>>,
    /// Those that are searched and need not be held for it.
    pub(super) searched: Vec<Range<u64>>,
}

/// What was read of a file.
pub(super) struct Read {
    /// As long as the file, with zeros wherever nothing is looked at. Zeros that nobody writes are no memory yet.
    pub(super) bytes: Vec<u8>,
    /// What the constants tell, which are zeros too.
    pub(super) constants: Constants,
}

/// Reads the parts of a file that are looked at; nothing where they are not known, or cannot be read.
pub(super) fn read(length: u64, read: &mut ReadPart<'_>) -> Option<Result<Read, ReadError>> {
    let parts = elf_parts::looked_at(length, read)?;
    let held = joined(parts.held);
    let size: u64 = held.iter().map(|part| part.end - part.start).sum();
    if size > MOST_HELD {
        return Some(Err(ReadError::TooMuch {
            what: "parts",
            limit: MOST_HELD,
        }));
    }
    let mut bytes = vec![0; usize::try_from(length).ok()?];
    for part in held {
        let place = usize::try_from(part.start).ok()?..usize::try_from(part.end).ok()?;
        read(part.start, bytes.get_mut(place)?)?;
    }
    let mut constants = Constants::default();
    for section in parts.searched {
        constants.search_part(&section, read)?;
    }
    Some(Ok(Read { bytes, constants }))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_parts_are_read_at_once() {
        let far = GAP * 3;
        let parts = vec![far..far + 5, 0..10, 8..12, 20..30];
        assert_eq!(joined(parts), [0..30, far..far + 5]);
    }
}

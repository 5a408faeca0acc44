//! Reads a large file in parts: most of a library is code, and skipping it saves time and memory.

use std::ops::Range;

use super::constants::Constants;
use super::{ReadError, elf_parts};

/// Reads a part of a file, from an offset until the buffer is full; `None` if that fails.
pub(super) type ReadPart<'r> = dyn FnMut(u64, &mut [u8]) -> Option<()> + 'r;

/// Reading this many bytes is faster than skipping them.
const GAP: u64 = 16 << 10;

/// The most that's kept of a file: the largest published extensions have a few hundred megabytes, most of it code.
const MOST_HELD: u64 = 1 << 30;

/// The parts of a file that are read. Sections may overlap in a hostile file; the total searched is at most the file's
/// size.
pub(super) struct Parts {
    /// The parts that the readers need.
    pub(super) held: Vec<Range<u64>>,
    /// The parts that are searched without being kept.
    pub(super) searched: Vec<Range<u64>>,
}

/// What was read from a file.
pub(super) struct Read {
    /// As long as the file, with zeros in the unread parts. Untouched zeros don't use memory.
    pub(super) bytes: Vec<u8>,
    /// What the constants contain; they're zeros here too.
    pub(super) constants: Constants,
}

/// Reads the needed parts of a file; `None` if they're unknown, or can't be read.
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

/// The ranges, sorted, and merged if the gap is cheaper to read than another call.
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
    fn nearby_parts_are_read_together() {
        let far = GAP * 3;
        let parts = vec![far..far + 5, 0..10, 8..12, 20..30];
        assert_eq!(joined(parts), [0..30, far..far + 5]);
    }
}

//! A bound on what reading may cost.
//!
//! Tables in a binary may overlap: a small file can have a million symbols that all point at one long name. Each reader
//! therefore pays for every entry and for every byte of a name, and a file that asks for more than any honest one does
//! is refused instead of read for hours.

use super::ReadError;

/// The largest real extensions have some hundred thousand symbols.
const MOST_ENTRIES: u64 = 4_000_000;

/// Symbol names are shared by tail at most, so an honest file's names are hardly longer than the file.
const SPARE_BYTES: u64 = 16 << 20;

/// What may still be read.
#[derive(Debug)]
pub(super) struct Budget {
    entries: u64,
    bytes: u64,
    most_bytes: u64,
}

impl Budget {
    /// A budget for a file of so many bytes.
    pub(super) fn for_input(length: usize) -> Self {
        let most_bytes = (length as u64)
            .saturating_mul(4)
            .saturating_add(SPARE_BYTES);
        Self {
            entries: MOST_ENTRIES,
            bytes: most_bytes,
            most_bytes,
        }
    }

    /// Pays for one entry of a table and the name that it points at.
    pub(super) fn spend(&mut self, what: &'static str, name: &[u8]) -> Result<(), ReadError> {
        self.entries = self.entries.checked_sub(1).ok_or(ReadError::TooMuch {
            what,
            limit: MOST_ENTRIES,
        })?;
        self.bytes = self
            .bytes
            .checked_sub(name.len() as u64)
            .ok_or(ReadError::TooMuch {
                what,
                limit: self.most_bytes,
            })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_shared_a_million_times_are_refused() {
        let mut budget = Budget::for_input(1024);
        let name = vec![b'x'; 1 << 20];
        let refused = (0..1000).find_map(|_| budget.spend("symbol names", &name).err());
        assert!(matches!(refused, Some(ReadError::TooMuch { .. })));
    }
}

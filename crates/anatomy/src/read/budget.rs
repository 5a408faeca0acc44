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
pub(crate) struct Budget {
    entries: u64,
    bytes: u64,
    most_bytes: u64,
}

impl Budget {
    /// A budget for a file of so many bytes.
    #[cfg(test)]
    pub(super) fn for_input(length: usize) -> Self {
        let mut budget = Self::for_several();
        budget.admit(length);
        budget
    }

    /// A budget for several files, what is found in which is kept together: what is spare is there once, and not again
    /// for every small file.
    pub(crate) fn for_several() -> Self {
        Self {
            entries: MOST_ENTRIES,
            bytes: SPARE_BYTES,
            most_bytes: SPARE_BYTES,
        }
    }

    /// Adds what another file of so many bytes may cost.
    pub(crate) fn admit(&mut self, length: usize) {
        let more = (length as u64).saturating_mul(4);
        self.entries = MOST_ENTRIES;
        self.bytes = self.bytes.saturating_add(more);
        self.most_bytes = self.most_bytes.saturating_add(more);
    }

    /// Pays for one entry of a table and the name that it points at.
    pub(crate) fn spend(&mut self, what: &'static str, name: &[u8]) -> Result<(), ReadError> {
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
    fn small_files_share_what_is_spare() {
        let mut budget = Budget::for_several();
        let name = vec![b'x'; 1 << 20];
        let refused = (0..1000).find(|_| {
            budget.admit(64);
            budget.spend("symbol names", &name).is_err()
        });
        assert_eq!(refused, Some(16));
    }

    #[test]
    fn names_shared_a_million_times_are_refused() {
        let mut budget = Budget::for_input(1024);
        let name = vec![b'x'; 1 << 20];
        let refused = (0..1000).find_map(|_| budget.spend("symbol names", &name).err());
        assert!(matches!(refused, Some(ReadError::TooMuch { .. })));
    }
}

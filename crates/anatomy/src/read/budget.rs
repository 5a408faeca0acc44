//! A limit on the cost of reading.
//!
//! Tables in a binary may overlap: a small file can have a million symbols that all point at one long name. So each
//! reader pays for every entry and for every byte of a name, and a file that needs more than any honest one is refused
//! instead of being read for hours.

use super::ReadError;

/// The largest real extensions have a few hundred thousand symbols.
const MOST_ENTRIES: u64 = 4_000_000;

/// At most, symbol names share their ends, so an honest file's names are hardly longer than the file.
const SPARE_BYTES: u64 = 16 << 20;

/// The remaining budget.
#[derive(Debug)]
pub(crate) struct Budget {
    entries: u64,
    bytes: u64,
    most_bytes: u64,
}

impl Budget {
    /// A budget for a file with this many bytes.
    #[cfg(test)]
    pub(super) fn for_input(length: usize) -> Self {
        let mut budget = Self::for_several();
        budget.admit(length);
        budget
    }

    /// A budget for several files whose results are kept together: they share one reserve, instead of having one for
    /// every small file.
    pub(crate) fn for_several() -> Self {
        Self {
            entries: MOST_ENTRIES,
            bytes: SPARE_BYTES,
            most_bytes: SPARE_BYTES,
        }
    }

    /// Adds the budget for another file with this many bytes.
    pub(crate) fn admit(&mut self, length: usize) {
        let more = (length as u64).saturating_mul(4);
        self.entries = MOST_ENTRIES;
        self.bytes = self.bytes.saturating_add(more);
        self.most_bytes = self.most_bytes.saturating_add(more);
    }

    /// Pays for one table entry and the name it points to.
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
    fn small_files_share_the_reserve() {
        let mut budget = Budget::for_several();
        let name = vec![b'x'; 1 << 20];
        let refused = (0..1000).find(|_| {
            budget.admit(64);
            budget.spend("symbol names", &name).is_err()
        });
        assert_eq!(refused, Some(16));
    }

    #[test]
    fn a_name_shared_a_million_times_is_refused() {
        let mut budget = Budget::for_input(1024);
        let name = vec![b'x'; 1 << 20];
        let refused = (0..1000).find_map(|_| budget.spend("symbol names", &name).err());
        assert!(matches!(refused, Some(ReadError::TooMuch { .. })));
    }
}

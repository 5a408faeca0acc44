//! Reads a wheel's files one by one: damaged ones are recorded, and reading continues.

use std::collections::{BTreeMap, HashSet};
use std::io::{Read, Seek};

use super::WheelError;
use super::archive::{Archive, Entry};
use super::facts::UnreadableEntry;
use super::record::{Hashes, Record};

/// A wheel's files, each compared with its hash when it's read.
pub(super) struct Members<'archive, R> {
    pub(super) archive: &'archive mut Archive<R>,
    pub(super) record: Record,
    pub(super) hashes: Hashes,
    /// The files that were read.
    pub(super) seen: HashSet<String>,
    /// The files that couldn't be unpacked, with the reason.
    pub(super) damaged: BTreeMap<String, String>,
}

impl<R: Read + Seek> Members<'_, R> {
    /// A text file, which is always compared with its hash; `None` if it's damaged.
    pub(super) fn text(
        &mut self,
        entry: &Entry,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, WheelError> {
        let bytes = self.read(entry, limit)?;
        if let Some(bytes) = &bytes {
            self.record.compare(&entry.name, bytes);
        }
        Ok(bytes)
    }

    /// A binary, which is compared if all files are; `None` if it's damaged.
    pub(super) fn binary(&mut self, entry: &Entry) -> Result<Option<Vec<u8>>, WheelError> {
        match self.hashes {
            Hashes::OfAll => self.text(entry, u64::MAX),
            Hashes::OfTexts => self.read(entry, u64::MAX),
        }
    }

    fn read(&mut self, entry: &Entry, limit: u64) -> Result<Option<Vec<u8>>, WheelError> {
        let result = self.archive.read(entry, limit);
        let bytes = self.admit(entry, result)?;
        self.seen.insert(entry.name.clone());
        Ok(bytes)
    }

    /// Reads every file that hasn't been read for another reason. They come last, so that data exceeding the limit for
    /// a wheel doesn't affect the rest. Returns those whose hash remains unknown.
    pub(super) fn read_rest(
        &mut self,
        entries: &[Entry],
    ) -> Result<Vec<UnreadableEntry>, WheelError> {
        let mut uncompared = Vec::new();
        for entry in entries {
            if self.seen.contains(&entry.name) && !self.record.awaits(&entry.name) {
                continue;
            }
            let mut hasher = self.record.hasher(&entry.name);
            let result = self.archive.stream(entry, |piece| {
                if let Some(hasher) = &mut hasher {
                    hasher.update(piece);
                }
            });
            let reason = match self.admit(entry, result) {
                Ok(Some(())) => {
                    if let Some(hasher) = hasher {
                        self.record.settle(&entry.name, hasher);
                    }
                    continue;
                }
                Ok(None) => "it can't be unpacked".to_owned(),
                Err(error @ WheelError::TooLarge { .. }) => error.to_string(),
                Err(error) => return Err(error),
            };
            if self.record.awaits(&entry.name) {
                uncompared.push(UnreadableEntry {
                    path: entry.name.clone(),
                    reason,
                });
            }
        }
        Ok(uncompared)
    }

    /// Records damage, and returns `None` for it.
    fn admit<T>(
        &mut self,
        entry: &Entry,
        result: Result<T, WheelError>,
    ) -> Result<Option<T>, WheelError> {
        match result {
            Ok(found) => Ok(Some(found)),
            Err(WheelError::Damaged { reason, .. }) => {
                self.damaged.insert(entry.name.clone(), reason);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

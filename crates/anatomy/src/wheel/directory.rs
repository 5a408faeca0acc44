//! Reads a zip archive's directory the way Python's `zipfile` does, because pip unpacks wheels with it.
//!
//! Libraries hide what this module looks for: data outside the members, an end record that isn't the last one, headers
//! that contradict the directory. The choice of directory, and where its members start, follows `_EndRecData` and
//! `_RealGetContents` in CPython's `zipfile`, so that we judge what would be installed.

use std::collections::HashSet;
use std::io::{Read, Seek, SeekFrom};

use super::WheelError;

/// The largest wheels have tens of thousands of files.
const MOST_ENTRIES: usize = 200_000;

/// No directory is larger: names are a few hundred bytes at most.
const LARGEST_DIRECTORY: u64 = 64 << 20;

/// The size of the end record, and of the longest comment that may follow it.
const END: usize = 22;
const LONGEST_COMMENT: u64 = 0xffff;

/// The zip64 end record and its locator, which come before the other one.
const END_64: u64 = 56;
const LOCATOR_64: u64 = 20;

/// Marks a value that's stored in an extra field.
const ELSEWHERE: u32 = 0xffff_ffff;

/// The zip64 extra field, and the one that gives a member a different name.
const EXTRA_64: u16 = 0x0001;
const EXTRA_NAME: u16 = 0x7075;

/// A member, as the directory describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// Its name as written.
    pub(super) name: Vec<u8>,
    pub(super) flags: u16,
    /// The number of its compression method.
    pub(super) method: u16,
    pub(super) crc32: u32,
    /// Its compressed size in bytes.
    pub(super) compressed: u64,
    /// Its size in bytes.
    pub(super) size: u64,
    /// Its Unix mode.
    pub(super) mode: u32,
    /// The offset of its header in the file.
    pub(super) header: u64,
}

/// An archive's directory.
#[derive(Debug)]
pub(super) struct Directory {
    pub(super) members: Vec<Member>,
    /// Its offset in the file.
    pub(super) start: u64,
    /// The number of members that the end record announces.
    pub(super) announced: u64,
    /// The number of bytes after the end record and its comment.
    pub(super) trailing: u64,
}

impl Directory {
    /// Reads the directory of a file with this length.
    pub(super) fn read(reader: &mut (impl Read + Seek), length: u64) -> Result<Self, WheelError> {
        let end = End::find(reader, length)?;
        let start = end
            .place
            .checked_sub(end.size)
            .ok_or_else(|| unreadable("its directory would start before the file does"))?;
        // If data was prepended to the archive, all offsets in it shift by that amount.
        let shift = start
            .checked_sub(end.offset)
            .ok_or_else(|| unreadable("its directory isn't where the end record says"))?;
        if end.size > LARGEST_DIRECTORY {
            return Err(unreadable("its directory is larger than any wheel's"));
        }
        let bytes = part(reader, start, end.size)?;
        let mut members = Vec::new();
        let mut names = HashSet::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            if members.len() >= MOST_ENTRIES {
                let count = usize::try_from(end.announced).unwrap_or(usize::MAX);
                return Err(WheelError::TooManyEntries(count.max(MOST_ENTRIES)));
            }
            let (member, after) = Member::parse(rest, shift)
                .ok_or_else(|| unreadable("its directory is damaged"))??;
            if !names.insert(member.name.clone()) {
                return Err(WheelError::DuplicateEntry(lossy(&member.name)));
            }
            members.push(member);
            rest = after;
        }
        Ok(Self {
            members,
            start,
            announced: end.announced,
            trailing: length.saturating_sub(end.after),
        })
    }
}

impl Member {
    /// Removes the first entry from a directory; `None` if there isn't one.
    #[allow(clippy::type_complexity)] // `None`, an error, or an entry and the rest.
    fn parse(bytes: &[u8], shift: u64) -> Option<Result<(Self, &[u8]), WheelError>> {
        let fixed = bytes.get(..46)?;
        if !fixed.starts_with(b"PK\x01\x02") {
            return None;
        }
        let length = |at| usize::from(half(fixed, at));
        let name_end = 46 + length(28);
        let extra_end = name_end + length(30);
        let end = extra_end + length(32);
        let name = bytes.get(46..name_end)?;
        let extra = bytes.get(name_end..extra_end)?;
        let rest = bytes.get(end..)?;
        let mut member = Self {
            name: name.to_vec(),
            flags: half(fixed, 8),
            method: half(fixed, 10),
            crc32: word(fixed, 16),
            compressed: u64::from(word(fixed, 20)),
            size: u64::from(word(fixed, 24)),
            mode: word(fixed, 38) >> 16,
            header: u64::from(word(fixed, 42)),
        };
        for (kind, data) in Extras(extra) {
            if kind == EXTRA_64 {
                member.add_64(data, fixed)?;
            } else if kind == EXTRA_NAME
                && let Some(other) = data.get(5..)
                && other != name
            {
                return Some(Err(WheelError::DisguisedEntry {
                    directory: lossy(name),
                    header: lossy(other),
                }));
            }
        }
        member.header = member.header.checked_add(shift)?;
        Some(Ok((member, rest)))
    }

    /// Reads the values that are too large for the entry itself from the extra field.
    fn add_64(&mut self, data: &[u8], fixed: &[u8]) -> Option<()> {
        let mut at = 0;
        for (place, value) in [
            (24, &mut self.size),
            (20, &mut self.compressed),
            (42, &mut self.header),
        ] {
            if word(fixed, place) == ELSEWHERE {
                *value = long(data.get(at..)?)?;
                at += 8;
            }
        }
        Some(())
    }
}

/// The end record's contents.
struct End {
    /// Where the directory ends.
    place: u64,
    /// The size of the directory in bytes.
    size: u64,
    /// Where it would start if nothing had been prepended to the archive.
    offset: u64,
    announced: u64,
    /// Where the record and its comment end.
    after: u64,
}

impl End {
    /// The record that `zipfile` uses: the one at the very end, otherwise the last one before it.
    fn find(reader: &mut (impl Read + Seek), length: u64) -> Result<Self, WheelError> {
        let tail_length = length.min(LONGEST_COMMENT + END as u64);
        let tail_start = length.saturating_sub(tail_length);
        let tail = part(reader, tail_start, tail_length)?;
        let is_end = |at: usize| {
            tail.get(at..)
                .is_some_and(|rest| rest.starts_with(b"PK\x05\x06"))
        };
        let at = tail
            .len()
            .checked_sub(END)
            .filter(|&at| is_end(at) && tail.ends_with(&[0, 0]))
            .or_else(|| memchr::memmem::rfind(&tail, b"PK\x05\x06"));
        let record = at
            .and_then(|at| tail.get(at..at.checked_add(END)?))
            .ok_or_else(|| {
                unreadable("it has no end record where Python looks for it, or it's truncated")
            })?;
        let place = tail_start.saturating_add(at.unwrap_or_default() as u64);
        let mut end = Self {
            place,
            size: u64::from(word(record, 12)),
            offset: u64::from(word(record, 16)),
            announced: u64::from(half(record, 10)),
            after: place
                .saturating_add(END as u64)
                .saturating_add(u64::from(half(record, 20))),
        };
        let Some(locator) = place.checked_sub(LOCATOR_64) else {
            return Ok(end);
        };
        if !part(reader, locator, 4)?.starts_with(b"PK\x06\x07") {
            return Ok(end);
        }
        let damaged = || unreadable("its zip64 end record isn't where Python looks for it");
        let at = locator.checked_sub(END_64).ok_or_else(damaged)?;
        let record = part(reader, at, END_64)?;
        if !record.starts_with(b"PK\x06\x06") {
            return Err(damaged());
        }
        let value = |at: usize| record.get(at..).and_then(long).unwrap_or_default();
        end.announced = value(32);
        end.size = value(40);
        end.offset = value(48);
        end.place = at;
        Ok(end)
    }
}

/// The extra fields in an entry or a header, each with its kind.
pub(super) struct Extras<'bytes>(pub(super) &'bytes [u8]);

impl<'bytes> Iterator for Extras<'bytes> {
    type Item = (u16, &'bytes [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.0.split_at_checked(4)?;
        let (data, rest) = rest.split_at_checked(usize::from(half(head, 2)))?;
        self.0 = rest;
        Some((half(head, 0), data))
    }
}

/// Reads a part of the file that has to exist.
pub(super) fn part(
    reader: &mut (impl Read + Seek),
    start: u64,
    length: u64,
) -> Result<Vec<u8>, WheelError> {
    reader.seek(SeekFrom::Start(start)).map_err(broken)?;
    let mut bytes = Vec::new();
    reader
        .take(length)
        .read_to_end(&mut bytes)
        .map_err(broken)?;
    if bytes.len() as u64 == length {
        Ok(bytes)
    } else {
        Err(unreadable("it's truncated"))
    }
}

pub(super) fn lossy(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

pub(super) fn unreadable(reason: &str) -> WheelError {
    WheelError::Zip(reason.to_owned())
}

#[allow(clippy::needless_pass_by_value)] // It's the end of a chain of calls.
pub(super) fn broken(error: std::io::Error) -> WheelError {
    WheelError::Zip(error.to_string())
}

/// A two-byte little-endian number; 0 if there are fewer bytes.
pub(super) fn half(bytes: &[u8], at: usize) -> u16 {
    bytes
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .map_or(0, |bytes| u16::from_le_bytes(*bytes))
}

/// The same for four bytes.
pub(super) fn word(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// The first eight bytes as a number.
pub(super) fn long(bytes: &[u8]) -> Option<u64> {
    bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}

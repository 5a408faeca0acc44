//! The zip archive, read with bounds and without trust.

use std::collections::HashSet;
use std::fmt;
use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

use super::WheelError;
use super::inflate::{self, Claims, Refused};

/// The largest wheels have some ten thousand files.
const MOST_ENTRIES: usize = 200_000;

/// No member that is read is larger: the largest extensions of published wheels have some hundred megabytes.
const LARGEST: u64 = 1 << 30;

/// All that is read of one wheel together.
const LARGEST_SUM: u64 = 4 << 30;

/// How much larger all that is read may be than the wheel: many small bombs are one large one. In some eighty published
/// wheels the members that are read are nowhere five times as large as the wheel.
const HIGHEST_SUM_RATIO: u64 = 50;

/// What any wheel may inflate to, however small it is.
const HARMLESS_SUM: u64 = 4 * HARMLESS;

/// How much smaller an honest member of some size can be when compressed. Deflate reaches 1032 with zeros alone.
const HIGHEST_RATIO: u64 = 200;

/// Below this size a high ratio harms nobody.
const HARMLESS: u64 = 16 << 20;

/// How many bytes tell a program: the header of the oldest part of PE.
const HEAD: u64 = 64;

/// How Mach-O files with several slices begin.
const UNIVERSAL: &[u8] = b"\xca\xfe\xba\xbe";

/// How Mach-O files begin: of either width and byte order, and universal ones with offsets of either width.
const MACH_O: [&[u8]; 6] = [
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xcf",
    b"\xfe\xed\xfa\xce",
    UNIVERSAL,
    b"\xca\xfe\xba\xbf",
];

/// An entry of the archive.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    /// Its size in bytes, as the archive's directory says.
    pub(super) size: u64,
    /// Its permissions and kind as Unix has them, where the archive says so.
    mode: u32,
    index: usize,
}

impl Entry {
    /// Whether it stands for a link: its contents are then the path that it leads to.
    pub(super) fn is_link(&self) -> bool {
        const KIND: u32 = 0o170_000;
        const LINK: u32 = 0o120_000;
        self.mode & KIND == LINK
    }

    /// Whether somebody may run it.
    pub(super) fn is_executable(&self) -> bool {
        self.mode & 0o111 != 0
    }
}

/// A zip archive whose entries were checked.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
    entries: Vec<Entry>,
    directories: Vec<String>,
    /// What more an honest wheel of this size can inflate to.
    honest: u64,
    /// What more is read.
    unread: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive, and refuses one with entries that are not honest.
    pub(super) fn open(mut reader: R) -> Result<Self, WheelError> {
        let length = reader.seek(SeekFrom::End(0)).map_err(broken)?;
        let zip = ZipArchive::new(reader).map_err(damaged)?;
        if zip.len() > MOST_ENTRIES {
            return Err(WheelError::TooManyEntries(zip.len()));
        }
        if zip.has_duplicate_names() {
            return Err(WheelError::DuplicateEntry(duplicate(zip).map_err(broken)?));
        }
        let mut archive = Self {
            entries: Vec::new(),
            directories: Vec::new(),
            honest: length
                .saturating_mul(HIGHEST_SUM_RATIO)
                .saturating_add(HARMLESS_SUM),
            unread: LARGEST_SUM,
            zip,
        };
        let headers = archive.check_entries()?;
        let mut reader = archive.zip.into_inner();
        check_headers(&mut reader, &headers)?;
        archive.zip = ZipArchive::new(reader).map_err(damaged)?;
        Ok(archive)
    }

    /// The entries that are files, in the order of the archive.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries that are directories, whose names end in a slash.
    pub(super) fn directories(&self) -> &[String] {
        &self.directories
    }

    /// Inflates an entry, up to what it claims and to the limit.
    pub(super) fn read(&mut self, entry: &Entry, limit: u64) -> Result<Vec<u8>, WheelError> {
        let mut file = self.zip.by_index_raw(entry.index).map_err(damaged)?;
        let (claimed, compressed) = (file.size(), file.compressed_size());
        let claims = Claims {
            method: file.compression(),
            size: claimed,
            crc32: file.crc32(),
        };
        let bomb = |limit| WheelError::Bomb {
            entry: entry.name.clone(),
            limit,
        };
        if claimed > HARMLESS && claimed / HIGHEST_RATIO > compressed {
            return Err(bomb(compressed.saturating_mul(HIGHEST_RATIO)));
        }
        if claimed > self.honest {
            return Err(bomb(self.honest));
        }
        let limit = limit.min(LARGEST).min(self.unread);
        if claimed > limit {
            return Err(WheelError::TooLarge {
                entry: entry.name.clone(),
                size: claimed,
                limit,
            });
        }
        let unusable = |reason: String| WheelError::Zip(format!("{}: {reason}", entry.name));
        // What an entry claims is taken for a hint only: memory grows with what is really there.
        let hint = usize::try_from(compressed.min(HARMLESS)).unwrap_or(0);
        let mut packed = Vec::with_capacity(hint);
        file.read_to_end(&mut packed)
            .map_err(|error| unusable(error.to_string()))?;
        let bytes = inflate::contents(packed, claims).map_err(|refused| match refused {
            Refused::IsLarger => bomb(claimed),
            Refused::Method(method) => WheelError::Compression {
                entry: entry.name.clone(),
                method,
            },
            Refused::Broken(reason) => unusable(reason),
        })?;
        self.honest = self.honest.saturating_sub(claimed);
        self.unread = self.unread.saturating_sub(claimed);
        Ok(bytes)
    }

    /// Whether an entry begins as a program does: ELF, Mach-O of any sort, or PE. No more of it is inflated than that.
    pub(super) fn is_program(&mut self, entry: &Entry) -> Result<bool, WheelError> {
        let file = self.zip.by_index_raw(entry.index).map_err(damaged)?;
        if let Some(method) = inflate::unusual(file.compression()) {
            return Err(WheelError::Compression {
                entry: entry.name.clone(),
                method,
            });
        }
        drop(file);
        let unusable =
            |reason: &dyn fmt::Display| WheelError::Zip(format!("{}: {reason}", entry.name));
        let file = self
            .zip
            .by_index(entry.index)
            .map_err(|error| unusable(&error))?;
        let mut head = Vec::new();
        file.take(HEAD)
            .read_to_end(&mut head)
            .map_err(|error| unusable(&error))?;
        Ok(begins_as_program(&head))
    }

    /// Checks what the directory says, and gives where the header of each entry lies, with its name.
    fn check_entries(&mut self) -> Result<Vec<(u64, Vec<u8>)>, WheelError> {
        let mut headers = Vec::with_capacity(self.zip.len());
        let mut places = Vec::with_capacity(self.zip.len());
        for index in 0..self.zip.len() {
            let file = self.zip.by_index_raw(index).map_err(damaged)?;
            let name = String::from_utf8_lossy(file.name_raw()).into_owned();
            if name.contains('\0') {
                return Err(WheelError::NulInName(name.replace('\0', "\\0")));
            }
            if leads_out(&name) {
                return Err(WheelError::OutsideEntry(name));
            }
            if file.encrypted() {
                return Err(WheelError::EncryptedEntry(name));
            }
            let start = file.header_start();
            let end = file
                .data_start()
                .unwrap_or(start)
                .saturating_add(file.compressed_size());
            headers.push((start, file.name_raw().to_vec()));
            places.push((start, end, name.clone()));
            if file.is_dir() {
                self.directories.push(name);
            } else {
                let size = file.size();
                let mode = file.unix_mode().unwrap_or_default();
                self.entries.push(Entry {
                    name,
                    size,
                    mode,
                    index,
                });
            }
        }
        places.sort();
        for pair in places.windows(2) {
            if let [(_, end, _), (start, _, name)] = pair
                && start < end
            {
                return Err(WheelError::OverlappingEntry(name.clone()));
            }
        }
        Ok(headers)
    }
}

fn begins_as_program(head: &[u8]) -> bool {
    let start = head.get(..4).unwrap_or_default();
    if head.starts_with(b"MZ") {
        // Where the header of PE lies: near the beginning. Text has letters there, which make it a large number.
        let place = head
            .get(0x3c..0x40)
            .and_then(|bytes| bytes.try_into().ok())
            .map(u32::from_le_bytes);
        return place.is_some_and(|place| place < 0x1_0000);
    }
    if let Some(count) = head.get(4..8).filter(|_| start == UNIVERSAL) {
        // Java's classes begin like universal files; where these have the number of their slices, those have their version.
        let count = count.try_into().map_or(u32::MAX, u32::from_be_bytes);
        return count < 40;
    }
    start == b"\x7fELF" || MACH_O.contains(&start)
}

/// Compares the names in the directory with those in the headers before each entry's bytes, which the `zip` crate passes
/// over: tools that read a zip from its beginning go by these.
fn check_headers(
    reader: &mut (impl Read + Seek),
    headers: &[(u64, Vec<u8>)],
) -> Result<(), WheelError> {
    for (start, name) in headers {
        reader.seek(SeekFrom::Start(*start)).map_err(broken)?;
        let mut fixed = [0_u8; 30];
        reader.read_exact(&mut fixed).map_err(broken)?;
        let mut found = vec![0; usize::from(u16_at(&fixed, 26))];
        reader.read_exact(&mut found).map_err(broken)?;
        if found != *name {
            return Err(WheelError::DisguisedEntry {
                directory: String::from_utf8_lossy(name).into_owned(),
                header: String::from_utf8_lossy(&found).into_owned(),
            });
        }
    }
    Ok(())
}

/// A number of a header, in little-endian order.
fn u16_at(header: &[u8], at: usize) -> u16 {
    let bytes = header
        .get(at..at + 2)
        .and_then(|bytes| bytes.try_into().ok());
    u16::from_le_bytes(bytes.unwrap_or_default())
}

/// The name that is there twice. The `zip` crate keeps one of several entries with a name, so the names are read from
/// the directory itself.
fn duplicate<R: Read + Seek>(zip: ZipArchive<R>) -> Result<String, std::io::Error> {
    let start = zip.central_directory_start();
    let mut reader = zip.into_inner();
    reader.seek(SeekFrom::Start(start))?;
    let mut seen = HashSet::new();
    let mut header = [0_u8; 46];
    for _ in 0..MOST_ENTRIES {
        reader.read_exact(&mut header)?;
        if !header.starts_with(b"PK\x01\x02") {
            break;
        }
        let mut name = vec![0; usize::from(u16_at(&header, 28))];
        reader.read_exact(&mut name)?;
        let name = String::from_utf8_lossy(&name).into_owned();
        if !seen.insert(name.clone()) {
            return Ok(name);
        }
        reader.seek(SeekFrom::Current(
            i64::from(u16_at(&header, 30)) + i64::from(u16_at(&header, 32)),
        ))?;
    }
    Ok("?".to_owned())
}

fn leads_out(name: &str) -> bool {
    name.starts_with('/')
        || name.contains('\\')
        || name.split('/').any(|part| part == "..")
        || name.get(1..2) == Some(":")
}

#[allow(clippy::needless_pass_by_value)] // It is the end of a chain of calls.
fn damaged(error: ZipError) -> WheelError {
    WheelError::Zip(error.to_string())
}

#[allow(clippy::needless_pass_by_value)] // It is the end of a chain of calls.
fn broken(error: std::io::Error) -> WheelError {
    WheelError::Zip(error.to_string())
}

//! Reads zip archives with limits and without trusting them.

use std::io::{BufReader, Read, Seek, SeekFrom};

use super::WheelError;
use super::directory::{Directory, broken, lossy};
use super::inflate::{self, Claims, Contents, IrregularMember, Refused};
use super::layout::{self, Irregularity};

/// The largest member that's read: the largest extensions in published wheels have a few hundred megabytes.
const LARGEST: u64 = 1 << 30;

/// The most that's read from one wheel in total.
const LARGEST_SUM: u64 = 4 << 30;

/// How many times larger than the wheel everything read from it may be: many small bombs make a large one. In some
/// eighty published wheels, the members that are read are never five times as large as the wheel.
const HIGHEST_SUM_RATIO: u64 = 50;

/// What any wheel may inflate to, no matter how small it is.
const HARMLESS_SUM: u64 = 4 * HARMLESS;

/// The highest compression ratio of an honest member of a certain size. Deflate reaches 1032 only with zeros.
const HIGHEST_RATIO: u64 = 200;

/// Below this size a high ratio is harmless.
const HARMLESS: u64 = 16 << 20;

/// How Mach-O files with several slices start.
const UNIVERSAL: &[u8] = b"\xca\xfe\xba\xbe";

/// How Mach-O files start: for both widths and byte orders, and universal ones with offsets of both widths.
const MACH_O: [&[u8]; 6] = [
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xcf",
    b"\xfe\xed\xfa\xce",
    UNIVERSAL,
    b"\xca\xfe\xba\xbf",
];

/// An entry in the archive.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    /// Its size in bytes, according to the archive's directory.
    pub(super) size: u64,
    compressed: u64,
    method: u16,
    crc32: u32,
    /// Its Unix mode, if the archive has it.
    mode: u32,
    /// Where its data starts.
    data: u64,
    /// The first bytes of its contents.
    pub(super) head: Vec<u8>,
}

impl Entry {
    /// Whether it represents a link: if so, its contents are the link's target.
    pub(super) fn is_link(&self) -> bool {
        const KIND: u32 = 0o170_000;
        const LINK: u32 = 0o120_000;
        self.mode & KIND == LINK
    }

    /// Whether it's executable.
    pub(super) fn is_executable(&self) -> bool {
        self.mode & 0o111 != 0
    }

    /// Whether it starts like machine code: ELF, any kind of Mach-O, PE, or WebAssembly.
    pub(super) fn is_program(&self) -> bool {
        begins_as_program(&self.head)
    }

    /// Whether it starts like a collection of object files.
    pub(super) fn is_object_code(&self) -> bool {
        self.head.starts_with(b"!<arch>\n")
    }

    /// Its maximum size: the size it claims, unless that's more than its compressed bytes can contain. A wrong size
    /// counts as damage, no matter how large.
    fn possible_size(&self) -> u64 {
        self.size.min(inflate::most(self.method, self.compressed))
    }

    fn claims(&self) -> Claims {
        Claims {
            method: self.method,
            size: self.size,
            crc32: self.crc32,
        }
    }

    /// What this is called when just one member is refused.
    fn refused(&self, refused: Refused) -> WheelError {
        match refused {
            Refused::Method(method) => WheelError::Compression {
                entry: self.name.clone(),
                method,
            },
            Refused::Broken(reason) => WheelError::Damaged {
                entry: self.name.clone(),
                reason,
            },
        }
    }
}

/// A zip archive with checked entries.
pub(super) struct Archive<R> {
    reader: R,
    entries: Vec<Entry>,
    directories: Vec<String>,
    irregular: Vec<Irregularity>,
    /// How much more an honest wheel of this size can inflate to.
    honest: u64,
    /// How much more will be read.
    unread: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive, and refuses one with dishonest entries.
    pub(super) fn open(mut reader: R) -> Result<Self, WheelError> {
        let length = reader.seek(SeekFrom::End(0)).map_err(broken)?;
        let directory = Directory::read(&mut reader, length)?;
        for member in &directory.members {
            check(&lossy(&member.name), member.flags, member.method)?;
        }
        let (found, irregular) = layout::look(&mut reader, &directory)?;
        let mut archive = Self {
            reader,
            entries: Vec::with_capacity(found.len()),
            directories: Vec::new(),
            irregular,
            honest: length
                .saturating_mul(HIGHEST_SUM_RATIO)
                .saturating_add(HARMLESS_SUM),
            unread: LARGEST_SUM,
        };
        for (member, found) in directory.members.into_iter().zip(found) {
            let name = lossy(&member.name);
            if name.ends_with('/') {
                archive.directories.push(name);
                continue;
            }
            archive.entries.push(Entry {
                name,
                size: member.size,
                compressed: member.compressed,
                method: member.method,
                crc32: member.crc32,
                mode: member.mode,
                data: found.data,
                head: found.head,
            });
        }
        Ok(archive)
    }

    /// The file entries, in archive order.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The directory entries, whose names end in a slash.
    pub(super) fn directories(&self) -> &[String] {
        &self.directories
    }

    /// The irregularities of the archive and of the entries that were read.
    pub(super) fn into_irregular(self) -> Vec<Irregularity> {
        self.irregular
    }

    /// Inflates an entry, up to its claimed size and the limit.
    pub(super) fn read(&mut self, entry: &Entry, limit: u64) -> Result<Vec<u8>, WheelError> {
        let bomb = |limit| WheelError::Bomb {
            entry: entry.name.clone(),
            limit,
        };
        let size = entry.possible_size();
        if size > HARMLESS && size / HIGHEST_RATIO > entry.compressed {
            return Err(bomb(entry.compressed.saturating_mul(HIGHEST_RATIO)));
        }
        if size > self.honest {
            return Err(bomb(self.honest));
        }
        self.admit(entry, limit)?;
        let mut packed = Vec::new();
        self.packed(entry)?
            .read_to_end(&mut packed)
            .map_err(broken)?;
        let Contents { bytes, odd } =
            inflate::contents(&packed, entry.claims()).map_err(|refused| entry.refused(refused))?;
        self.add(entry, odd);
        self.honest = self.honest.saturating_sub(size);
        self.unread = self.unread.saturating_sub(size);
        Ok(bytes)
    }

    /// Reads an entry in chunks without keeping it: a high compression ratio only costs time.
    pub(super) fn stream(
        &mut self,
        entry: &Entry,
        sink: impl FnMut(&[u8]),
    ) -> Result<(), WheelError> {
        self.admit(entry, u64::MAX)?;
        self.unread = self.unread.saturating_sub(entry.possible_size());
        let packed = BufReader::with_capacity(64 << 10, self.packed(entry)?);
        let odd = inflate::stream(packed, entry.claims(), sink)
            .map_err(|refused| entry.refused(refused))?;
        self.add(entry, odd);
        Ok(())
    }

    /// Refuses an entry that exceeds the limit for one entry, or what's left for the wheel.
    fn admit(&self, entry: &Entry, limit: u64) -> Result<(), WheelError> {
        let limit = limit.min(LARGEST).min(self.unread);
        let size = entry.possible_size();
        if size > limit {
            return Err(WheelError::TooLarge {
                entry: entry.name.clone(),
                size,
                limit,
            });
        }
        Ok(())
    }

    fn packed(&mut self, entry: &Entry) -> Result<impl Read, WheelError> {
        self.reader
            .seek(SeekFrom::Start(entry.data))
            .map_err(broken)?;
        Ok((&mut self.reader).take(entry.compressed))
    }

    fn add(&mut self, entry: &Entry, odd: Option<IrregularMember>) {
        self.irregular.extend(odd.map(|odd| Irregularity {
            path: Some(entry.name.clone()),
            kind: odd.kind,
            expected: match entry.size {
                1 => "1 byte".to_owned(),
                size => format!("{size} bytes"),
            },
            found: odd.found(),
        }));
    }
}

/// Refuses an entry that no honest wheel has.
fn check(name: &str, flags: u16, method: u16) -> Result<(), WheelError> {
    /// The entry is encrypted; it is a patch for another one; names and headers are encrypted too.
    const UNUSABLE: u16 = 0x1 | 0x20 | 0x40;
    if name.contains('\0') {
        return Err(WheelError::NulInName(name.replace('\0', "\\0")));
    }
    if leads_out(name) {
        return Err(WheelError::OutsideEntry(name.to_owned()));
    }
    if flags & UNUSABLE != 0 {
        return Err(WheelError::EncryptedEntry(name.to_owned()));
    }
    match inflate::unusual(method) {
        Some(method) => Err(WheelError::Compression {
            entry: name.to_owned(),
            method,
        }),
        None => Ok(()),
    }
}

fn begins_as_program(head: &[u8]) -> bool {
    let start = head.get(..4).unwrap_or_default();
    if head.starts_with(b"MZ") {
        // The offset of the PE header, near the beginning. In text there are letters here, which make a large number.
        let place = head
            .get(0x3c..0x40)
            .and_then(|bytes| bytes.try_into().ok())
            .map(u32::from_le_bytes);
        return place.is_some_and(|place| place < 0x1_0000);
    }
    if let Some(count) = head.get(4..8).filter(|_| start == UNIVERSAL) {
        // Java class files start like universal files; where the latter have the number of slices, class files have a
        // version.
        let count = count.try_into().map_or(u32::MAX, u32::from_be_bytes);
        return count < 40;
    }
    start == b"\x7fELF" || start == b"\0asm" || MACH_O.contains(&start)
}

fn leads_out(name: &str) -> bool {
    name.starts_with('/')
        || name.contains('\\')
        || name.split('/').any(|part| part == "..")
        || name.get(1..2) == Some(":")
}

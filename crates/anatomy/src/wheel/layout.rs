//! A zip archive's layout: whether it contains more than its directory lists, and whether the header before each member
//! agrees with the directory. Tools that read an archive from the beginning go by the headers, others by the directory.

use std::io::{Read, Seek, SeekFrom};

use serde::Serialize;

use super::WheelError;
use super::directory::{Directory, Extras, Member, broken, half, long, lossy, part, word};
use super::inflate::{self, Heads};

/// An irregularity of an archive or one of its members: a tool that reads it differently sees something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Irregularity {
    /// The affected member; `None` for the archive itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What it is.
    pub kind: IrregularityKind,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

/// How an archive is irregular.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IrregularityKind {
    /// There's data before the first member.
    Prefixed,
    /// There's data after the end record.
    Trailing,
    /// There's data between the members, or between them and the directory.
    Gap,
    /// There's a member that the directory doesn't list.
    Unlisted,
    /// The end record announces a different number of members.
    Count,
    /// The header before a member contradicts the directory.
    Header,
    /// A member's data continues past the size that it claims.
    Longer,
    /// A member's data ends before the size that it claims.
    Shorter,
    /// A member's compressed data has no proper end.
    NoEnd,
}

/// How much of a member's compressed data is read with its header: enough for the tables of a compressed block and the
/// first bytes of its contents.
const HEAD: u64 = 512;

/// A data descriptor consists of an optional signature, a checksum, and two sizes of four or eight bytes.
const DESCRIPTORS: [u64; 4] = [12, 16, 20, 24];

/// At most this many irregularities are recorded, because each one takes memory.
const MOST: usize = 1000;

/// What a member's header adds to the directory.
pub(super) struct Found {
    /// Where its data starts.
    pub(super) data: u64,
    /// The first bytes of its contents, as far as possible.
    pub(super) head: Vec<u8>,
}

/// Reads each member's header, in directory order, and reports the archive's irregularities.
pub(super) fn look(
    reader: &mut (impl Read + Seek),
    directory: &Directory,
) -> Result<(Vec<Found>, Vec<Irregularity>), WheelError> {
    // Uses only the directory, so that overlaps are reported as such, whatever the header says.
    check_overlaps(directory.members.iter().map(|member| {
        let head = 30 + member.name.len() as u64;
        let end = member.header.saturating_add(head);
        (member.header, end.saturating_add(member.compressed), member)
    }))?;
    let mut irregular = Vec::new();
    let mut heads = Heads::new();
    let mut found = Vec::with_capacity(directory.members.len());
    // Where each member starts and its data ends.
    let mut places = Vec::with_capacity(directory.members.len());
    for member in &directory.members {
        let header = Header::read(reader, member)?;
        irregular.extend(header.contradicts(member));
        places.push((
            member.header,
            header.data.saturating_add(member.compressed),
            member,
        ));
        found.push(Found {
            data: header.data,
            head: heads.of(member.method, &header.packed),
        });
        irregular.truncate(MOST);
    }
    let places = check_overlaps(places)?;
    if let Some((_, end, member)) = places.last()
        && *end > directory.start
    {
        return Err(WheelError::OverlappingEntry(lossy(&member.name)));
    }
    gaps(reader, directory, &places, &mut irregular)?;
    if directory.announced != directory.members.len() as u64 {
        irregular.push(of_archive(
            IrregularityKind::Count,
            format!("{} members", directory.members.len()),
            format!("{} announced by the end record", directory.announced),
        ));
    }
    if directory.trailing > 0 {
        irregular.push(of_archive(
            IrregularityKind::Trailing,
            "the end of the file".to_owned(),
            bytes(directory.trailing),
        ));
    }
    irregular.truncate(MOST);
    Ok((found, irregular))
}

/// Where a member starts and ends.
type MemberSpan<'member> = (u64, u64, &'member Member);

/// Sorts members by offset, and refuses one that starts before the previous one ends.
fn check_overlaps<'member>(
    places: impl IntoIterator<Item = MemberSpan<'member>>,
) -> Result<Vec<MemberSpan<'member>>, WheelError> {
    let mut places: Vec<MemberSpan<'_>> = places.into_iter().collect();
    places.sort_by_key(|(start, end, _)| (*start, *end));
    for pair in places.windows(2) {
        if let [(_, end, _), (start, _, member)] = pair
            && start < end
        {
            return Err(WheelError::OverlappingEntry(lossy(&member.name)));
        }
    }
    Ok(places)
}

/// Data that doesn't belong to any member.
fn gaps(
    reader: &mut (impl Read + Seek),
    directory: &Directory,
    places: &[MemberSpan<'_>],
    irregular: &mut Vec<Irregularity>,
) -> Result<(), WheelError> {
    let mut end = 0;
    let mut before: Option<&Member> = None;
    let last = (directory.start, directory.start, None);
    let starts = places
        .iter()
        .map(|(start, end, member)| (*start, *end, Some(*member)));
    for (start, next_end, member) in starts.chain([last]) {
        let length = start.saturating_sub(end);
        let is_descriptor = match before {
            Some(before) if before.flags & 8 != 0 && DESCRIPTORS.contains(&length) => {
                let data = part(reader, end, length)?;
                let data = data.strip_prefix(b"PK\x07\x08").unwrap_or(&data);
                word(data, 0) == before.crc32
            }
            _ => false,
        };
        if length > 0 && !is_descriptor && irregular.len() < MOST {
            irregular.push(gap(reader, end, start, before.is_none())?);
        }
        end = next_end;
        before = member;
    }
    Ok(())
}

fn gap(
    reader: &mut (impl Read + Seek),
    start: u64,
    end: u64,
    is_first: bool,
) -> Result<Irregularity, WheelError> {
    let length = end.saturating_sub(start);
    let head = part(reader, start, length.min(30))?;
    if head.starts_with(b"PK\x03\x04") && head.len() == 30 {
        let name = part(
            reader,
            start.saturating_add(30),
            u64::from(half(&head, 26)).min(length.saturating_sub(30)),
        )?;
        return Ok(Irregularity {
            path: Some(lossy(&name)),
            kind: IrregularityKind::Unlisted,
            expected: "a line in the archive's directory".to_owned(),
            found: "none".to_owned(),
        });
    }
    Ok(if is_first {
        of_archive(
            IrregularityKind::Prefixed,
            "the first member".to_owned(),
            bytes(length),
        )
    } else {
        of_archive(
            IrregularityKind::Gap,
            "the next member".to_owned(),
            format!("{} at {start}", bytes(length)),
        )
    })
}

fn of_archive(kind: IrregularityKind, expected: String, found: String) -> Irregularity {
    Irregularity {
        path: None,
        kind,
        expected,
        found,
    }
}

fn bytes(count: u64) -> String {
    match count {
        1 => "1 byte".to_owned(),
        count => format!("{count} bytes"),
    }
}

/// The header before a member's data.
struct Header {
    flags: u16,
    method: u16,
    crc32: u32,
    compressed: u64,
    size: u64,
    data: u64,
    /// The start of the data.
    packed: Vec<u8>,
}

impl Header {
    fn read(reader: &mut (impl Read + Seek), member: &Member) -> Result<Self, WheelError> {
        let cut_off =
            |error: std::io::Error| WheelError::Zip(format!("{}: {error}", lossy(&member.name)));
        reader
            .seek(SeekFrom::Start(member.header))
            .map_err(broken)?;
        let mut fixed = [0_u8; 30];
        reader.read_exact(&mut fixed).map_err(cut_off)?;
        if !fixed.starts_with(b"PK\x03\x04") {
            return Err(WheelError::Zip(format!(
                "{}: there is no member where the directory says",
                lossy(&member.name)
            )));
        }
        let (name_length, extra_length) = (half(&fixed, 26), half(&fixed, 28));
        let mut name = vec![0; usize::from(name_length)];
        reader.read_exact(&mut name).map_err(cut_off)?;
        if name != member.name {
            return Err(WheelError::DisguisedEntry {
                directory: lossy(&member.name),
                header: lossy(&name),
            });
        }
        let mut extra = vec![0; usize::from(extra_length)];
        reader.read_exact(&mut extra).map_err(cut_off)?;
        let mut packed = Vec::new();
        reader
            .take(member.compressed.min(HEAD))
            .read_to_end(&mut packed)
            .map_err(cut_off)?;
        let (mut compressed, mut size) = (u64::from(word(&fixed, 18)), u64::from(word(&fixed, 22)));
        if let Some((_, data)) = Extras(&extra).find(|(kind, _)| *kind == 1) {
            // Either both sizes are present, or neither.
            if word(&fixed, 22) == u32::MAX {
                size = long(data).unwrap_or(size);
            }
            if word(&fixed, 18) == u32::MAX {
                compressed = data.get(8..).and_then(long).unwrap_or(compressed);
            }
        }
        Ok(Self {
            flags: half(&fixed, 6),
            method: half(&fixed, 8),
            crc32: word(&fixed, 14),
            compressed,
            size,
            data: member
                .header
                .saturating_add(30)
                .saturating_add(u64::from(name_length))
                .saturating_add(u64::from(extra_length)),
            packed,
        })
    }

    /// Where it contradicts the directory. With a data descriptor it may leave out sizes and checksum.
    fn contradicts(&self, member: &Member) -> Option<Irregularity> {
        let is_open = self.flags & 8 != 0;
        let differs = |here: u64, there: u64| here != there && !(is_open && here == 0);
        let (what, here, there) = [
            ("size", self.size, member.size),
            ("compressed size", self.compressed, member.compressed),
            ("checksum", u64::from(self.crc32), u64::from(member.crc32)),
        ]
        .into_iter()
        .find(|(_, here, there)| differs(*here, *there))
        .or_else(|| {
            let (here, there) = (u64::from(self.method), u64::from(member.method));
            (here != there).then_some(("compression", here, there))
        })?;
        let shown = |value: u64| match what {
            "checksum" => format!("{what} {value:08x}"),
            "compression" => inflate::name(u16::try_from(value).unwrap_or(u16::MAX)),
            _ => bytes(value),
        };
        Some(Irregularity {
            path: Some(lossy(&member.name)),
            kind: IrregularityKind::Header,
            expected: format!("{} in the directory", shown(there)),
            found: format!("{} in the member's own header", shown(here)),
        })
    }
}

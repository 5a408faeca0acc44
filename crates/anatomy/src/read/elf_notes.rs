//! The notes in an ELF file; Android's says what it was built for.

use object::read::elf::{ElfFile, FileHeader, NoteIterator, ProgramHeader, SectionHeader};
use object::{Endianness, elf};

use crate::facts::Android;

use super::text;

/// The section with Android's note.
const ANDROID: &[u8] = b".note.android.ident";

/// No honest file has more notes.
const MOST_NOTES: usize = 256;

/// The type of the note with the API level (`ABI_NOTETYPE` in the NDK's `crtbrand.S`).
const ABI: elf::NoteType = elf::NoteType(1);

/// The size in bytes of the NDK's release and of its build number, each padded with zeros.
const TEXT: usize = 64;

/// What the NDK recorded; `None` if the file isn't for Android.
pub(super) fn android<Elf>(file: &ElfFile<'_, Elf>) -> Option<Android>
where
    Elf: FileHeader<Endian = Endianness>,
{
    let (endian, data) = (file.endian(), file.data());
    let sections = file.elf_section_table();
    if sections.is_empty() {
        let segments = file.elf_program_headers().iter();
        return segments
            .filter_map(|segment| segment.notes(endian, data).ok()?)
            .find_map(|notes| among(endian, notes));
    }
    sections
        .iter()
        .filter(|section| sections.section_name(endian, section) == Ok(ANDROID))
        .filter_map(|section| section.notes(endian, data).ok()?)
        .find_map(|notes| among(endian, notes))
}

fn among<Elf>(endian: Endianness, notes: NoteIterator<'_, Elf>) -> Option<Android>
where
    Elf: FileHeader<Endian = Endianness>,
{
    notes
        .take(MOST_NOTES)
        .map_while(Result::ok)
        .find(|note| note.name() == b"Android" && note.n_type(endian) == ABI)
        .and_then(|note| parse(endian, note.desc()))
}

/// The API level, and since NDK r14 the release and the build number.
fn parse(endian: Endianness, note: &[u8]) -> Option<Android> {
    let (level, rest) = note.split_first_chunk::<4>()?;
    let (ndk, rest) = match rest.split_at_checked(TEXT) {
        Some((ndk, rest)) => (padded(ndk), rest),
        None => (None, &[][..]),
    };
    Some(Android {
        api: match endian {
            Endianness::Little => u32::from_le_bytes(*level),
            Endianness::Big => u32::from_be_bytes(*level),
        },
        ndk,
        ndk_build: rest.get(..TEXT).and_then(padded),
    })
}

/// A string padded with zeros.
fn padded(field: &[u8]) -> Option<String> {
    let end = memchr::memchr(0, field).unwrap_or(field.len());
    field.get(..end).filter(|name| !name.is_empty()).map(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn early_ndks_noted_the_level_alone() {
        let read = |note: &[u8]| parse(Endianness::Little, note);
        let early = read(&[16, 0, 0, 0]).unwrap();
        assert_eq!((early.api, early.ndk, early.ndk_build), (16, None, None));
        let mut note = vec![24, 0, 0, 0];
        note.extend(b"r27c");
        note.resize(4 + TEXT, 0);
        note.extend(b"12479018");
        note.resize(4 + 2 * TEXT, 0);
        let recent = read(&note).unwrap();
        assert_eq!(recent.api, 24);
        assert_eq!(recent.ndk.as_deref(), Some("r27c"));
        assert_eq!(recent.ndk_build.as_deref(), Some("12479018"));
        assert_eq!(read(&[24, 0]), None);
    }
}

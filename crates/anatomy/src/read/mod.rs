//! From bytes to facts, one file per format.

mod archive;
mod budget;
mod coff;
mod elf;
mod elf_parts;
mod elf_segments;
mod elf_versions;
mod error;
mod export_trie;
mod macho;
mod pe;
mod provenance;
mod sniff;
mod universal;

pub(crate) use budget::Budget;
pub use error::ReadError;
pub use sniff::LooksLike;

use std::ops::Range;

use object::FileKind;

use crate::facts::{Facts, Format, Image};

/// Reads any file that a linker, compiler or archiver writes.
pub(crate) fn read(bytes: &[u8]) -> Result<Facts, ReadError> {
    read_among(bytes, &mut Budget::for_several())
}

/// As [`read`], for one of several files that share a budget.
pub(crate) fn read_among(bytes: &[u8], budget: &mut Budget) -> Result<Facts, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    // An import library's members are no object files, and a thin archive names files elsewhere: archives go first.
    if archive::is_archive(bytes) {
        return archive::read(bytes);
    }
    budget.admit(bytes.len());
    let kind = FileKind::parse(bytes).map_err(|_| sniff::not_a_binary(bytes))?;
    if matches!(kind, FileKind::MachOFat32 | FileKind::MachOFat64) {
        return universal::read(bytes, kind, budget);
    }
    let image = read_image(bytes, kind, budget)?;
    Ok(Facts {
        format: image.format,
        kind: image.kind,
        size: bytes.len() as u64,
        images: vec![image],
    })
}

/// Which parts of a file [`inspect`](crate::inspect) looks at: for whoever has a large file and need not read all of it. Every
/// other byte may be zero, and the result is the same. Nothing where that is not known, and all is to be read.
///
/// `part` reads so many bytes from a place on, or nothing where it cannot.
pub fn parts_looked_at(
    length: u64,
    mut part: impl FnMut(u64, usize) -> Option<Vec<u8>>,
) -> Option<Vec<Range<u64>>> {
    elf_parts::looked_at(length, &mut part)
}

/// Reads one binary, which may be a part of a file.
fn read_image(bytes: &[u8], kind: FileKind, budget: &mut Budget) -> Result<Image, ReadError> {
    match kind {
        FileKind::Elf32 => {
            elf::read::<object::elf::FileHeader32<object::Endianness>>(bytes, budget)
        }
        FileKind::Elf64 => {
            elf::read::<object::elf::FileHeader64<object::Endianness>>(bytes, budget)
        }
        FileKind::MachO32 => {
            macho::read::<object::macho::MachHeader32<object::Endianness>>(bytes, budget)
        }
        FileKind::MachO64 => {
            macho::read::<object::macho::MachHeader64<object::Endianness>>(bytes, budget)
        }
        FileKind::Pe32 => pe::read::<object::pe::ImageNtHeaders32>(bytes, budget),
        FileKind::Pe64 => pe::read::<object::pe::ImageNtHeaders64>(bytes, budget),
        FileKind::Coff | FileKind::CoffBig => coff::read(bytes, kind),
        _ => Err(ReadError::NotABinary(LooksLike::Unknown)),
    }
}

/// Bytes of a name as text; what is no UTF-8 is shown by replacement characters, since names are compared and shown
/// and never used to open anything.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A format whose reader found something that contradicts the format's own rules.
fn malformed(format: Format) -> impl Fn(object::read::Error) -> ReadError {
    move |error| ReadError::Malformed {
        format,
        reason: error.to_string(),
    }
}

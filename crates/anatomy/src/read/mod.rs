//! Turns bytes into facts, with one file per format.

mod archive;
mod budget;
mod coff;
mod constants;
mod elf;
mod elf_hardening;
mod elf_notes;
mod elf_parts;
mod elf_segments;
mod elf_versions;
mod error;
mod export_trie;
mod macho;
mod parts;
mod pe;
mod pe_places;
mod provenance;
mod sniff;
mod universal;
mod wasm;
mod wasm_sections;

pub(crate) use budget::Budget;
pub use error::ReadError;
pub use sniff::LooksLike;

use object::FileKind;

use self::constants::Constants;
use crate::facts::{Facts, Format, Image};

/// Reads any file that a linker, compiler or archiver writes.
pub(crate) fn read(bytes: &[u8]) -> Result<Facts, ReadError> {
    read_among(bytes, &mut Budget::for_several())
}

/// Like [`read`], for one of several files that share a budget.
pub(crate) fn read_among(bytes: &[u8], budget: &mut Budget) -> Result<Facts, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    // An import library's members aren't object files, and a thin archive names files elsewhere, so archives are
    // checked first.
    if archive::is_archive(bytes) {
        return archive::read(bytes);
    }
    budget.admit(bytes.len());
    if wasm::is_module(bytes) {
        let image = wasm::read(bytes, budget)?;
        return Ok(facts(image, bytes.len() as u64));
    }
    let kind = FileKind::parse(bytes).map_err(|_| sniff::not_a_binary(bytes))?;
    if matches!(kind, FileKind::MachOFat32 | FileKind::MachOFat64) {
        return universal::read(bytes, kind, budget);
    }
    let image = read_image(bytes, kind, budget)?;
    Ok(facts(image, bytes.len() as u64))
}

/// Reads only the needed parts of a large file; `None` if all of it has to be read, or a part can't be.
pub(crate) fn read_parts(
    length: u64,
    part: &mut parts::ReadPart<'_>,
) -> Option<Result<Facts, ReadError>> {
    let read = match parts::read(length, part)? {
        Ok(read) => read,
        Err(error) => return Some(Err(error)),
    };
    let kind = FileKind::parse(read.bytes.as_slice()).ok()?;
    let mut budget = Budget::for_several();
    budget.admit(read.bytes.len());
    let image = read_elf(&read.bytes, kind, Some(read.constants), &mut budget)?;
    Some(image.map(|image| facts(image, length)))
}

/// The facts about a file with one binary.
fn facts(image: Image, size: u64) -> Facts {
    Facts {
        format: image.format,
        kind: image.kind,
        size,
        images: vec![image],
    }
}

/// Reads one binary, which may be part of a file.
fn read_image(bytes: &[u8], kind: FileKind, budget: &mut Budget) -> Result<Image, ReadError> {
    if let Some(image) = read_elf(bytes, kind, None, budget) {
        return image;
    }
    match kind {
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

/// Reads an ELF file, whose constants may already have been searched; `None` if it's something else.
fn read_elf(
    bytes: &[u8],
    kind: FileKind,
    searched: Option<Constants>,
    budget: &mut Budget,
) -> Option<Result<Image, ReadError>> {
    match kind {
        FileKind::Elf32 => Some(elf::read::<object::elf::FileHeader32<object::Endianness>>(
            bytes, searched, budget,
        )),
        FileKind::Elf64 => Some(elf::read::<object::elf::FileHeader64<object::Endianness>>(
            bytes, searched, budget,
        )),
        _ => None,
    }
}

/// A name's bytes as text. Invalid UTF-8 becomes replacement characters: names are compared and shown, but never used
/// to open anything.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The error for a file that contradicts its format's rules.
fn malformed(format: Format) -> impl Fn(object::read::Error) -> ReadError {
    move |error| ReadError::Malformed {
        format,
        reason: error.to_string(),
    }
}

//! The parts of an ELF file that are read: not the code, nor the data for debuggers and unwinders, which make up most
//! of it.

use std::ops::Range;

use object::read::StringTable;
use object::read::elf::{FileHeader, ProgramHeader, SectionHeader};
use object::{Endianness, FileKind, elf, pod};

use super::parts::{Parts, ReadPart};
use super::provenance;

/// More sections than any honest library has; a file that claims more is read completely.
const MOST_SECTIONS: u64 = 4096;

/// No table that locates the others is larger.
const LARGEST_TABLE: u64 = 1 << 20;

/// The parts of a file that the readers use; `None` if they're unknown and everything has to be read. All other bytes
/// could be zero.
pub(super) fn looked_at(length: u64, read: &mut ReadPart<'_>) -> Option<Parts> {
    let head = table(&(0..length.min(64)), read)?;
    match FileKind::parse(head.as_slice()) {
        Ok(FileKind::Elf64) => of_class::<elf::FileHeader64<Endianness>>(length, &head, read),
        Ok(FileKind::Elf32) => of_class::<elf::FileHeader32<Endianness>>(length, &head, read),
        _ => None,
    }
}

fn table(part: &Range<u64>, read: &mut ReadPart<'_>) -> Option<Vec<u8>> {
    let size = Some(part.end - part.start).filter(|size| *size <= LARGEST_TABLE)?;
    let mut bytes = vec![0; usize::try_from(size).ok()?];
    read(part.start, &mut bytes)?;
    Some(bytes)
}

fn of_class<Elf>(length: u64, head: &[u8], read: &mut ReadPart<'_>) -> Option<Parts>
where
    Elf: FileHeader<Endian = Endianness>,
{
    let header = Elf::parse(head).ok()?;
    let endian = header.endian().ok()?;
    let part = |start: u64, size: u64| -> Option<Range<u64>> {
        let end = start.checked_add(size)?;
        (end <= length).then_some(start..end)
    };
    let count = u64::from(header.e_shnum(endian));
    if count == 0 || count > MOST_SECTIONS {
        return None;
    }
    let headers = part(
        header.e_shoff(endian).into(),
        count * u64::from(header.e_shentsize(endian)),
    )?;
    let segments = part(
        header.e_phoff(endian).into(),
        u64::from(header.e_phnum(endian)) * u64::from(header.e_phentsize(endian)),
    )?;
    let bytes = table(&headers, read)?;
    let (sections, _) =
        pod::slice_from_bytes::<Elf::SectionHeader>(&bytes, usize::try_from(count).ok()?).ok()?;
    // Without a section, the dynamic table is found by its segment, and everything else from there.
    let has_dynamic_section = sections
        .iter()
        .find(|section| section.sh_type(endian) == elf::SHT_DYNAMIC)
        .is_some_and(|section| section.sh_size(endian).into() >= size_of::<Elf::Dyn>() as u64);
    if !has_dynamic_section && has_dynamic_segment::<Elf>(header, endian, &table(&segments, read)?)
    {
        return None;
    }
    let names = sections.get(usize::from(header.e_shstrndx(endian).0))?;
    let (start, size) = names.file_range(endian)?;
    let names = part(start, size)?;
    let text = table(&names, read)?;
    let strings = StringTable::new(text.as_slice(), 0, text.len() as u64);
    let mut parts = Parts {
        held: vec![0..head.len() as u64, segments, headers, names],
        searched: Vec::new(),
    };
    let mut searchable = length;
    for section in sections {
        let Some((start, size)) = section.file_range(endian) else {
            continue;
        };
        let place = part(start, size)?;
        let name = section.name(endian, strings).unwrap_or_default();
        if name == provenance::COMMENT {
            // The compilers' names are read as they are, regardless of the section's flags.
            parts.held.push(place);
        } else if is_constant(section, endian) {
            if !provenance::is_never_constant_in_elf(name)
                && let Some(rest) = searchable.checked_sub(size)
            {
                searchable = rest;
                parts.searched.push(place);
            }
        } else if !is_skipped(section, endian, name, sections) {
            parts.held.push(place);
        }
    }
    Some(parts)
}

/// Whether one of the program headers is for the dynamic table; also true if they can't be parsed.
fn has_dynamic_segment<Elf>(header: &Elf, endian: Endianness, segments: &[u8]) -> bool
where
    Elf: FileHeader<Endian = Endianness>,
{
    let count = usize::from(header.e_phnum(endian));
    pod::slice_from_bytes::<Elf::ProgramHeader>(segments, count).map_or(true, |(segments, _)| {
        segments
            .iter()
            .any(|segment| segment.p_type(endian) == elf::PT_DYNAMIC)
    })
}

/// Whether a section contains what the `object` crate calls data or read-only data.
fn is_constant<Section>(section: &Section, endian: Endianness) -> bool
where
    Section: SectionHeader<Endian = Endianness>,
{
    let flags = section.sh_flags(endian);
    section.sh_type(endian) == elf::SHT_PROGBITS
        && flags.contains(elf::SHF_ALLOC)
        && !flags.contains(elf::SHF_EXECINSTR)
        && !flags.contains(elf::SHF_TLS)
}

/// Whether a section isn't read at all: code, relocations, and debugger symbols with their names.
fn is_skipped<Section>(section: &Section, endian: Endianness, name: &[u8], all: &[Section]) -> bool
where
    Section: SectionHeader<Endian = Endianness>,
{
    match section.sh_type(endian) {
        elf::SHT_RELA | elf::SHT_REL | elf::SHT_SYMTAB => true,
        elf::SHT_PROGBITS => {
            section.sh_flags(endian).contains(elf::SHF_EXECINSTR) || provenance::is_debug(name)
        }
        elf::SHT_STRTAB => {
            let mut named_by = all
                .iter()
                .filter(|other| {
                    let linked = usize::try_from(other.sh_link(endian)).ok();
                    linked
                        .and_then(|at| all.get(at))
                        .is_some_and(|linked| std::ptr::eq(linked, section))
                })
                .peekable();
            named_by.peek().is_some()
                && named_by.all(|other| other.sh_type(endian) == elf::SHT_SYMTAB)
        }
        _ => false,
    }
}

//! Which parts of an ELF file are looked at: not the code, nor what debuggers and unwinders read, which are most of it.

use std::ops::Range;

use object::read::StringTable;
use object::read::elf::{FileHeader, SectionHeader};
use object::{Endianness, FileKind, elf, pod};

use super::provenance;

/// More sections than in any honest library; of one that claims more, everything is read.
const MOST_SECTIONS: u64 = 4096;

/// How a caller reads a part of a file: where it begins, and its length.
pub(super) type Read<'r> = dyn FnMut(u64, usize) -> Option<Vec<u8>> + 'r;

/// The parts of a file that reading looks at; nothing where that is not known, and all is to be read. Every other byte may
/// as well be zero.
pub(super) fn looked_at(length: u64, read: &mut Read<'_>) -> Option<Vec<Range<u64>>> {
    let head = read(0, usize::try_from(length.min(64)).ok()?)?;
    match FileKind::parse(head.as_slice()) {
        Ok(FileKind::Elf64) => of_class::<elf::FileHeader64<Endianness>>(length, &head, read),
        Ok(FileKind::Elf32) => of_class::<elf::FileHeader32<Endianness>>(length, &head, read),
        _ => None,
    }
}

fn of_class<Elf>(length: u64, head: &[u8], read: &mut Read<'_>) -> Option<Vec<Range<u64>>>
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
    let table = part(
        header.e_shoff(endian).into(),
        count * u64::from(header.e_shentsize(endian)),
    )?;
    let segments = part(
        header.e_phoff(endian).into(),
        u64::from(header.e_phnum(endian)) * u64::from(header.e_phentsize(endian)),
    )?;
    let bytes = read(table.start, usize::try_from(table.end - table.start).ok()?)?;
    let (sections, _) =
        pod::slice_from_bytes::<Elf::SectionHeader>(&bytes, usize::try_from(count).ok()?).ok()?;
    let names = sections.get(usize::from(header.e_shstrndx(endian).0))?;
    let (start, size) = names.file_range(endian)?;
    let names = part(start, size)?;
    let text = read(names.start, usize::try_from(size).ok()?)?;
    let strings = StringTable::new(text.as_slice(), 0, text.len() as u64);
    let mut parts = vec![0..head.len() as u64, segments, table, names];
    for section in sections {
        let Some((start, size)) = section.file_range(endian) else {
            continue;
        };
        let name = section.name(endian, strings).unwrap_or_default();
        if !is_passed_over(section, endian, name, sections) {
            parts.push(part(start, size)?);
        }
    }
    Some(parts)
}

/// Whether nothing looks into a section: code, relocations, symbols for debuggers and their names, and what is no constant.
fn is_passed_over<Section>(
    section: &Section,
    endian: Endianness,
    name: &[u8],
    all: &[Section],
) -> bool
where
    Section: SectionHeader<Endian = Endianness>,
{
    match section.sh_type(endian) {
        elf::SHT_RELA | elf::SHT_REL | elf::SHT_SYMTAB => true,
        elf::SHT_PROGBITS => {
            section.sh_flags(endian).contains(elf::SHF_EXECINSTR)
                || provenance::is_no_constant_of_elf(name)
                || provenance::is_debug(name)
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

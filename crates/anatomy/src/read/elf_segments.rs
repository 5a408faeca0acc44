//! ELF files without section headers: what the loader sees.
//!
//! Sections are for linkers and debuggers, and some tools strip their headers. The loader uses the dynamic segment,
//! which gives the tables' addresses; the number of symbols follows from a hash table.

use object::read::StringTable;
use object::read::elf::{Dyn, ElfFile, FileHeader, GnuHashTable, HashTable, ProgramHeader};
use object::{Endianness, elf, pod};

/// The tables of the dynamic segment.
pub(super) struct Tables<'data, Elf: FileHeader> {
    pub(super) entries: &'data [Elf::Dyn],
    pub(super) strings: StringTable<'data>,
    pub(super) symbols: &'data [Elf::Sym],
    /// The required versions of libraries, if no section gives them; may extend past the table.
    pub(super) version_needs: &'data [u8],
    /// Each symbol's version, likewise.
    pub(super) symbol_versions: &'data [elf::Versym<Endianness>],
}

/// Finds the tables; `None` if the file has no dynamic segment or it points outside the file.
pub(super) fn tables<'data, Elf>(file: &ElfFile<'data, Elf>) -> Option<Tables<'data, Elf>>
where
    Elf: FileHeader<Endian = Endianness>,
{
    let endian = file.endian();
    let entries = file
        .elf_program_headers()
        .iter()
        .find_map(|segment| segment.dynamic(endian, file.data()).ok()?)?;
    let value = |tag: elf::DynamicTag| -> Option<u64> {
        entries
            .iter()
            .take_while(|entry| entry.d_tag(endian) != elf::DT_NULL)
            .find(|entry| entry.d_tag(endian) == tag)
            .map(|entry| entry.d_val(endian).into())
    };
    let strings = at(file, value(elf::DT_STRTAB)?)?;
    let strings = strings.get(..usize::try_from(value(elf::DT_STRSZ)?).ok()?)?;
    let count = value(elf::DT_HASH)
        .and_then(|address| HashTable::<Elf>::parse(endian, at(file, address)?).ok())
        .map(|table| table.symbol_table_length())
        .or_else(|| {
            let data = at(file, value(elf::DT_GNU_HASH)?)?;
            GnuHashTable::<Elf>::parse(endian, data)
                .ok()?
                .symbol_table_length(endian)
        });
    let symbols = value(elf::DT_SYMTAB).and_then(|address| {
        let count = usize::try_from(count?).ok()?;
        let (symbols, _) = pod::slice_from_bytes(at(file, address)?, count).ok()?;
        Some(symbols)
    });
    let symbols = symbols.unwrap_or_default();
    let part = |tag| value(tag).and_then(|address| at(file, address));
    let symbol_versions = part(elf::DT_VERSYM)
        .and_then(|data| pod::slice_from_bytes(data, symbols.len()).ok())
        .map(|(versions, _)| versions);
    Some(Tables {
        entries,
        strings: StringTable::new(strings, 0, strings.len() as u64),
        symbols,
        version_needs: part(elf::DT_VERNEED).unwrap_or_default(),
        symbol_versions: symbol_versions.unwrap_or_default(),
    })
}

/// What's loaded from an address to the end of its segment.
fn at<'data, Elf>(file: &ElfFile<'data, Elf>, address: u64) -> Option<&'data [u8]>
where
    Elf: FileHeader<Endian = Endianness>,
{
    let endian = file.endian();
    file.elf_program_headers()
        .iter()
        .filter(|segment| segment.p_type(endian) == elf::PT_LOAD)
        .find_map(|segment| {
            let offset = address.checked_sub(segment.p_vaddr(endian).into())?;
            let data = segment.data(endian, file.data()).ok()?;
            data.get(usize::try_from(offset).ok()?..)
                .filter(|rest| !rest.is_empty())
        })
}

//! Symbol versions in ELF files: which symbol needs which version of which library.
//!
//! This table's chains are read here rather than with the `object` crate because they may overlap: every link has to be
//! paid for.

use object::read::elf::{ElfFile, FileHeader};
use object::{Endianness, elf, pod};

use crate::facts::{Format, VersionNeed};

use super::budget::Budget;
use super::elf_segments::Tables;
use super::{ReadError, malformed, text};

/// The versions that a binary needs, and which symbol needs which.
#[derive(Debug, Default)]
pub(super) struct Versions {
    /// All versions of all libraries, in table order.
    pub(super) needs: Vec<VersionNeed>,
    /// For a table index, the version's position in `needs`.
    by_index: Vec<Option<usize>>,
    /// For each symbol, its table index.
    of_symbols: Vec<u16>,
}

impl Versions {
    pub(super) fn read<Elf>(
        file: &ElfFile<'_, Elf>,
        tables: &Tables<'_, Elf>,
        budget: &mut Budget,
    ) -> Result<Self, ReadError>
    where
        Elf: FileHeader<Endian = Endianness>,
    {
        let damaged = malformed(Format::Elf);
        let (endian, data) = (file.endian(), file.data());
        let sections = file.elf_section_table();
        let mut versions = Self::default();
        let Some((mut libraries, link)) = sections.gnu_verneed(endian, data).map_err(&damaged)?
        else {
            versions.read_segments(file.endian(), tables, budget)?;
            return Ok(versions);
        };
        let strings = sections.strings(endian, data, link).map_err(&damaged)?;
        while let Some((library, mut needs)) = libraries.next().map_err(&damaged)? {
            let file_name = library.file(endian, strings).map_err(&damaged)?;
            budget.spend("symbol versions", file_name)?;
            while let Some(need) = needs.next().map_err(&damaged)? {
                let name = need.name(endian, strings).map_err(&damaged)?;
                budget.spend("symbol versions", name)?;
                budget.spend("symbol versions", file_name)?;
                let is_weak = need.vna_flags.get(endian).contains(elf::VER_FLG_WEAK);
                versions.add(need.vna_other(endian).index().0, file_name, name, is_weak);
            }
        }
        if let Some((symbols, _)) = sections.gnu_versym(endian, data).map_err(&damaged)? {
            versions.of_symbols = symbols
                .iter()
                .map(|symbol| symbol.0.get(endian).index().0)
                .collect();
        }
        Ok(versions)
    }

    /// Reads the tables named by the dynamic segment: a chain of libraries, each with a chain of versions.
    fn read_segments<Elf>(
        &mut self,
        endian: Endianness,
        tables: &Tables<'_, Elf>,
        budget: &mut Budget,
    ) -> Result<(), ReadError>
    where
        Elf: FileHeader<Endian = Endianness>,
    {
        let mut library_at = (!tables.version_needs.is_empty()).then_some(0);
        while let Some(at) = library_at {
            let library: &elf::Verneed<Endianness> = entry(tables.version_needs, at)?;
            let file_name = library
                .file(endian, tables.strings)
                .map_err(malformed(Format::Elf))?;
            budget.spend("symbol versions", file_name)?;
            let mut need_at = next(at, library.vn_aux.get(endian));
            for _ in 0..library.vn_cnt.get(endian) {
                let Some(at) = need_at else { break };
                let need: &elf::Vernaux<Endianness> = entry(tables.version_needs, at)?;
                let name = need
                    .name(endian, tables.strings)
                    .map_err(malformed(Format::Elf))?;
                budget.spend("symbol versions", name)?;
                budget.spend("symbol versions", file_name)?;
                let is_weak = need.vna_flags.get(endian).contains(elf::VER_FLG_WEAK);
                self.add(need.vna_other(endian).index().0, file_name, name, is_weak);
                need_at = next(at, need.vna_next.get(endian));
            }
            library_at = next(at, library.vn_next.get(endian));
        }
        self.of_symbols = tables
            .symbol_versions
            .iter()
            .map(|symbol| symbol.0.get(endian).index().0)
            .collect();
        Ok(())
    }

    fn add(&mut self, index: u16, library: &[u8], version: &[u8], weak: bool) {
        let index = usize::from(index);
        if self.by_index.len() <= index {
            self.by_index.resize(index + 1, None);
        }
        if let Some(entry) = self.by_index.get_mut(index) {
            *entry = Some(self.needs.len());
        }
        self.needs.push(VersionNeed {
            library: text(library),
            version: text(version),
            weak,
        });
    }

    /// The version that the symbol at this index in the dynamic symbol table needs.
    pub(super) fn of_symbol(&self, symbol: usize) -> Option<&VersionNeed> {
        let index = usize::from(*self.of_symbols.get(symbol)?);
        self.needs.get((*self.by_index.get(index)?)?)
    }
}

/// The chain entry at this offset in its table.
fn entry<Entry: pod::Pod>(table: &[u8], at: usize) -> Result<&Entry, ReadError> {
    table
        .get(at..)
        .and_then(|bytes| pod::from_bytes(bytes).ok())
        .map(|(entry, _)| entry)
        .ok_or_else(|| ReadError::Malformed {
            format: Format::Elf,
            reason: "a chain of symbol versions leaves its table".to_owned(),
        })
}

/// The offset of the next entry; a step of zero ends the chain.
fn next(at: usize, step: u32) -> Option<usize> {
    let step = usize::try_from(step).ok().filter(|step| *step > 0)?;
    at.checked_add(step)
}

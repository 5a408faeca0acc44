//! Symbol versions of ELF files: which symbol is asked for in which version of which library.
//!
//! The chains of this table are read here and not by the `object` crate's table, since they may overlap: every link is
//! paid for.

use object::Endianness;
use object::read::elf::{ElfFile, FileHeader};

use crate::facts::{Format, VersionNeed};

use super::budget::Budget;
use super::{ReadError, malformed, text};

/// The versions that a binary needs, and which symbol needs which.
#[derive(Debug, Default)]
pub(super) struct Versions {
    /// Every version of every library, in the order of the table.
    pub(super) needs: Vec<VersionNeed>,
    /// For an index of the table, where its version stands in `needs`.
    by_index: Vec<Option<usize>>,
    /// For each symbol, its index of the table.
    of_symbols: Vec<u16>,
}

impl Versions {
    pub(super) fn read<Elf>(file: &ElfFile<'_, Elf>, budget: &mut Budget) -> Result<Self, ReadError>
    where
        Elf: FileHeader<Endian = Endianness>,
    {
        let damaged = malformed(Format::Elf);
        let (endian, data) = (file.endian(), file.data());
        let sections = file.elf_section_table();
        let mut versions = Self::default();
        let Some((mut libraries, link)) = sections.gnu_verneed(endian, data).map_err(&damaged)?
        else {
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
                versions.add(need.vna_other(endian).index().0, file_name, name);
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

    fn add(&mut self, index: u16, library: &[u8], version: &[u8]) {
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
        });
    }

    /// The version that the symbol at this place of the dynamic symbol table asks for.
    pub(super) fn of_symbol(&self, symbol: usize) -> Option<&VersionNeed> {
        let index = usize::from(*self.of_symbols.get(symbol)?);
        self.needs.get((*self.by_index.get(index)?)?)
    }
}

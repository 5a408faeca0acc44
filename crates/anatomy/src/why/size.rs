//! What makes up a binary's size: its parts by purpose, and its code by crate, if function names are still present.

use std::collections::{BTreeMap, HashSet};

use object::read::macho::{FatArch, MachOFatFile32, MachOFatFile64};
use object::{FileKind, Object, ObjectSection, ObjectSymbol, SectionKind, SymbolKind};
use serde::Serialize;

use super::size_of_crates::{Owner, owner};
use crate::facts::{Architecture, Format};
use crate::read::{Budget, ReadError};

/// No system has more architectures.
const MOST_SLICES: usize = 16;

/// No honest binary has more sections: a header may claim anything.
const MOST_SECTIONS: usize = 100_000;

/// What makes up a binary's size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SizeFacts {
    /// The architecture of its code.
    pub architecture: Architecture,
    /// Its size in the file, in bytes.
    pub size: u64,
    /// Its parts, largest first. They add up to `size`, apart from what sections share.
    pub parts: Vec<Part>,
    /// Which functions have names.
    pub naming: Naming,
    /// The bytes of code that belong to named functions.
    pub named_code: u64,
    /// The owners of these functions, largest first.
    pub crates: Vec<CrateSize>,
}

/// A part of a binary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its purpose.
    pub kind: PartKind,
    /// Its size in the file, in bytes.
    pub size: u64,
    /// Its sections with their sizes in the file, largest first.
    pub sections: Vec<(String, u64)>,
}

/// The purpose of a part of a binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Machine code.
    Code,
    /// Constants: strings, tables.
    Constants,
    /// Variables, and pointers that are filled in at load time.
    Data,
    /// Tables for unwinding after a panic or an exception.
    Unwinding,
    /// Data for the loader's relocations.
    Relocations,
    /// Names of functions and variables: exported ones, and those for debuggers.
    Symbols,
    /// Debug information.
    Debug,
    /// Headers, padding, and anything not covered by a section.
    Rest,
}

/// Which functions have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    /// All of them.
    All,
    /// Only those that the binary exports: it was stripped.
    Exported,
    /// None: it was stripped, or the format keeps names in a separate file.
    None,
}

/// The code of a crate, or of another owner of functions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrateSize {
    /// The crate's name; `std` for the whole standard library, and `C++` or `C or unknown` for other languages.
    pub name: String,
    /// Whether it's a crate.
    pub is_crate: bool,
    /// The size of its functions in bytes.
    pub size: u64,
    /// The number of functions.
    pub functions: usize,
}

/// Breaks down a binary, or each slice of a universal one.
///
/// # Errors
///
/// A [`ReadError`] if the bytes aren't a binary, are damaged, or exceed all limits.
pub fn sizes(bytes: &[u8]) -> Result<Vec<SizeFacts>, ReadError> {
    let mut budget = Budget::for_several();
    budget.admit(bytes.len());
    slices(bytes)?
        .into_iter()
        .map(|slice| of_one(slice, &mut budget))
        .collect()
}

fn slices(bytes: &[u8]) -> Result<Vec<&[u8]>, ReadError> {
    let found = match FileKind::parse(bytes) {
        Ok(FileKind::MachOFat32) => {
            MachOFatFile32::parse(bytes).map(|fat| parts(fat.arches(), bytes))
        }
        Ok(FileKind::MachOFat64) => {
            MachOFatFile64::parse(bytes).map(|fat| parts(fat.arches(), bytes))
        }
        _ => return Ok(vec![bytes]),
    };
    found.map_err(|error| ReadError::Malformed {
        format: Format::UniversalMachO,
        reason: error.to_string(),
    })
}

fn parts<'b, Fat: FatArch>(slices: &[Fat], bytes: &'b [u8]) -> Vec<&'b [u8]> {
    slices
        .iter()
        .take(MOST_SLICES)
        .filter_map(|slice| slice.data(bytes).ok())
        .collect()
}

fn of_one(bytes: &[u8], budget: &mut Budget) -> Result<SizeFacts, ReadError> {
    let file = object::File::parse(bytes).map_err(|error| ReadError::Malformed {
        format: format(bytes),
        reason: error.to_string(),
    })?;
    let size = bytes.len() as u64;
    let parts = parts_of(&file, size, budget)?;
    let (naming, crates) = crates(&file, budget)?;
    Ok(SizeFacts {
        architecture: Architecture::from_object(file.architecture(), file.is_little_endian()),
        size,
        parts,
        naming,
        named_code: crates
            .iter()
            .fold(0_u64, |sum, one| sum.saturating_add(one.size)),
        crates,
    })
}

fn format(bytes: &[u8]) -> Format {
    match FileKind::parse(bytes) {
        Ok(FileKind::MachO32 | FileKind::MachO64) => Format::MachO,
        Ok(FileKind::Pe32 | FileKind::Pe64) => Format::Pe,
        Ok(FileKind::Coff | FileKind::CoffBig) => Format::Coff,
        _ => Format::Elf,
    }
}

fn parts_of(
    file: &object::File<'_>,
    size: u64,
    budget: &mut Budget,
) -> Result<Vec<Part>, ReadError> {
    let mut kinds: BTreeMap<PartKind, Vec<(String, u64)>> = BTreeMap::new();
    let mut covered = 0_u64;
    for section in file.sections().take(MOST_SECTIONS) {
        let name = section.name_bytes().unwrap_or_default();
        budget.spend("sections", name)?;
        let in_file = section.file_range().map_or(0, |(_, size)| size).min(size);
        if in_file == 0 {
            continue;
        }
        covered = covered.saturating_add(in_file);
        let name = String::from_utf8_lossy(name).into_owned();
        let kind = kind_of(&name, section.kind());
        kinds.entry(kind).or_default().push((name, in_file));
    }
    // On macOS, the names and relocations aren't in a section: they come after the last one.
    let rest = size.saturating_sub(covered);
    if rest > 0 {
        let name = match file {
            object::File::MachO32(_) | object::File::MachO64(_) => {
                "__LINKEDIT: symbols, relocations, signature; headers and padding"
            }
            _ => "headers, padding, and the rest",
        };
        kinds
            .entry(PartKind::Rest)
            .or_default()
            .push((name.to_owned(), rest));
    }
    let mut parts: Vec<Part> = kinds
        .into_iter()
        .map(|(kind, mut sections)| {
            sections.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
            Part {
                kind,
                size: sections
                    .iter()
                    .fold(0_u64, |sum, (_, size)| sum.saturating_add(*size)),
                sections,
            }
        })
        .collect();
    parts.sort_by(|one, other| other.size.cmp(&one.size).then(one.kind.cmp(&other.kind)));
    Ok(parts)
}

/// A section's purpose: from its name if that's meaningful, otherwise from its flags.
fn kind_of(name: &str, kind: SectionKind) -> PartKind {
    const UNWINDING: [&str; 9] = [
        ".eh_frame",
        ".eh_frame_hdr",
        ".gcc_except_table",
        ".ARM.exidx",
        ".ARM.extab",
        "__unwind_info",
        "__eh_frame",
        "__gcc_except_tab",
        "__compact_unwind",
    ];
    const SYMBOLS: [&str; 8] = [
        ".symtab",
        ".strtab",
        ".shstrtab",
        ".dynsym",
        ".dynstr",
        ".hash",
        ".gnu.hash",
        ".symtab_shndx",
    ];
    if UNWINDING.contains(&name) || name == ".pdata" || name == ".xdata" {
        return PartKind::Unwinding;
    }
    if SYMBOLS.contains(&name) || name.starts_with(".gnu.version") || name == ".edata" {
        return PartKind::Symbols;
    }
    if name.starts_with(".rela")
        || name.starts_with(".rel.")
        || name == ".relr.dyn"
        || name == ".reloc"
    {
        return PartKind::Relocations;
    }
    if name.starts_with(".debug") || name.starts_with(".zdebug") || name.starts_with("__debug") {
        return PartKind::Debug;
    }
    match kind {
        SectionKind::Text => PartKind::Code,
        SectionKind::ReadOnlyData
        | SectionKind::ReadOnlyString
        | SectionKind::ReadOnlyDataWithRel => {
            if name.starts_with(".data.rel.ro")
                || name == "__const" && kind == SectionKind::ReadOnlyDataWithRel
            {
                PartKind::Data
            } else {
                PartKind::Constants
            }
        }
        SectionKind::Data
        | SectionKind::UninitializedData
        | SectionKind::Tls
        | SectionKind::UninitializedTls
        | SectionKind::TlsVariables => PartKind::Data,
        SectionKind::Debug | SectionKind::DebugString => PartKind::Debug,
        _ => PartKind::Rest,
    }
}

/// A function: its start, and its length if the format gives it.
struct Function<'f> {
    address: u64,
    size: u64,
    name: &'f str,
}

/// The owners of named functions.
fn crates(
    file: &object::File<'_>,
    budget: &mut Budget,
) -> Result<(Naming, Vec<CrateSize>), ReadError> {
    let mut functions = functions(file, file.symbols(), budget)?;
    let mut naming = Naming::All;
    if functions.is_empty() {
        functions = self::functions(file, file.dynamic_symbols(), budget)?;
        naming = if functions.is_empty() {
            Naming::None
        } else {
            Naming::Exported
        };
    }
    // Several names for one address are one function: linkers fold identical functions.
    functions.sort_by(|one, other| {
        (one.address, std::cmp::Reverse(one.size), one.name).cmp(&(
            other.address,
            std::cmp::Reverse(other.size),
            other.name,
        ))
    });
    functions.dedup_by_key(|function| function.address);
    let mut sums: BTreeMap<Owner, (u64, usize)> = BTreeMap::new();
    let mut end = 0_u64;
    for (at, function) in functions.iter().enumerate() {
        let next = functions.get(at.saturating_add(1)).map(|next| next.address);
        // Sizes may overlap in a hostile file: no byte counts twice.
        let start = function.address.max(end);
        let stop = function.address.saturating_add(function.size);
        let stop = next.map_or(stop, |next| stop.min(next.max(start)));
        end = end.max(stop);
        let sum = sums.entry(owner(function.name)).or_default();
        sum.0 = sum.0.saturating_add(stop.saturating_sub(start));
        sum.1 = sum.1.saturating_add(1);
    }
    let mut crates: Vec<CrateSize> = sums
        .into_iter()
        .map(|(owner, (size, functions))| CrateSize {
            is_crate: matches!(owner, Owner::Crate(_) | Owner::Std),
            name: owner.to_string(),
            size,
            functions,
        })
        .filter(|one| one.size > 0)
        .collect();
    crates.sort_by(|one, other| other.size.cmp(&one.size).then(one.name.cmp(&other.name)));
    if crates.is_empty() {
        naming = Naming::None;
    }
    Ok((naming, crates))
}

fn functions<'data: 'f, 'f, 'file>(
    file: &'f object::File<'data>,
    symbols: impl Iterator<Item = object::Symbol<'data, 'f>>,
    budget: &mut Budget,
) -> Result<Vec<Function<'data>>, ReadError> {
    let is_elf = matches!(file, object::File::Elf32(_) | object::File::Elf64(_));
    let is_macho = matches!(file, object::File::MachO32(_) | object::File::MachO64(_));
    // The end of each code section, for formats that don't give function lengths.
    let code: Vec<(usize, u64, u64)> = file
        .sections()
        .take(MOST_SECTIONS)
        .filter(|section| section.kind() == SectionKind::Text)
        .map(|section| {
            let end = section.address().saturating_add(section.size());
            (section.index().0, section.address(), end)
        })
        .collect();
    let indices: HashSet<usize> = code.iter().map(|(index, ..)| *index).collect();
    let mut functions = Vec::new();
    let mut ends = BTreeMap::new();
    for symbol in symbols {
        let name = symbol.name_bytes().unwrap_or_default();
        budget.spend("symbol names", name)?;
        let is_code = match symbol.kind() {
            SymbolKind::Text => true,
            // Mach-O doesn't distinguish functions from variables; the section does.
            SymbolKind::Unknown | SymbolKind::Label => !is_elf,
            _ => false,
        };
        let Some(section) = symbol.section_index().map(|index| index.0) else {
            continue;
        };
        if !is_code || !indices.contains(&section) || name.is_empty() {
            continue;
        }
        let Ok(name) = std::str::from_utf8(name) else {
            continue;
        };
        // Mach-O puts an underscore before every name.
        let name = if is_macho {
            name.strip_prefix('_').unwrap_or(name)
        } else {
            name
        };
        if !is_elf {
            ends.insert(symbol.address(), section);
        }
        functions.push(Function {
            address: symbol.address(),
            size: symbol.size(),
            name,
        });
    }
    if !is_elf {
        let limits: BTreeMap<usize, u64> =
            code.iter().map(|(index, _, end)| (*index, *end)).collect();
        for function in &mut functions {
            let section = ends.get(&function.address).copied().unwrap_or_default();
            let next = ends
                .range((
                    std::ops::Bound::Excluded(function.address),
                    std::ops::Bound::Unbounded,
                ))
                .next()
                .map(|(address, _)| *address);
            let limit = limits.get(&section).copied().unwrap_or_default();
            let end = next.map_or(limit, |next| next.min(limit));
            function.size = end.saturating_sub(function.address);
        }
    }
    Ok(functions)
}

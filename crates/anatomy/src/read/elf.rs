//! ELF: the System V gABI, with the GNU extensions for symbol versions.

use object::elf;
use object::read::elf::{
    Dyn, ElfFile, FileHeader, ProgramHeader, SectionHeader, SectionTable, Sym,
};
use object::{Endianness as ObjectEndianness, Object};

use crate::facts::{
    Architecture, Endianness, Format, Hardening, Image, Import, InitFunction, Kind, Library,
    Platform, python_api,
};

use super::budget::Budget;
use super::constants::Constants;
use super::elf_hardening::{self, Loading};
use super::elf_notes;
use super::elf_segments::{self, Tables};
use super::elf_versions::Versions;
use super::provenance::is_debug;
use super::{ReadError, malformed, provenance, text};

const SYMBOLS: &str = "symbols";

/// Reads a file. Its constants may be zeros if they've already been searched.
pub(super) fn read<Elf>(
    bytes: &[u8],
    searched: Option<Constants>,
    budget: &mut Budget,
) -> Result<Image, ReadError>
where
    Elf: FileHeader<Endian = ObjectEndianness>,
{
    check_length::<Elf>(bytes)?;
    let file = ElfFile::<Elf>::parse(bytes).map_err(malformed(Format::Elf))?;
    let table = file.elf_dynamic_table().map_err(malformed(Format::Elf))?;
    let by_sections = Tables {
        entries: table.dynamics(),
        strings: *table.strings(),
        symbols: file.elf_dynamic_symbol_table().symbols(),
        version_needs: &[],
        symbol_versions: &[],
    };
    let tables = if by_sections.entries.is_empty() {
        elf_segments::tables(&file).unwrap_or(by_sections)
    } else {
        by_sections
    };
    let dynamic = Dynamic::read(&file, &tables, budget)?;
    let versions = Versions::read(&file, &tables, budget)?;
    let (python_exports, imports, has_rust_metadata) = symbols(&file, &tables, &versions, budget)?;
    let init_functions = InitFunction::among(&python_exports);
    let rust_metadata = has_rust_metadata || file.section_by_name(".rustc").is_some();
    let kind = kind(&file, &dynamic, rust_metadata, !init_functions.is_empty());
    let android = elf_notes::android(&file);
    let platform = platform(android.is_some(), &dynamic, &versions);
    // A split-off or unlinked part isn't loaded.
    let is_loaded = !matches!(kind, Kind::DebugFile | Kind::ObjectFile);
    let hardening = if is_loaded {
        elf_hardening::read(&file, dynamic.loading, kind == Kind::Executable)
    } else {
        Hardening::default()
    };
    let origin = provenance::read(&file, bytes.len(), searched, budget)?;
    let is_stripped = Some(file.elf_symbol_table().is_empty());
    Ok(Image {
        format: Format::Elf,
        architecture: Architecture::from_object(file.architecture(), file.is_little_endian()),
        pointer_width: if file.is_64() { 64 } else { 32 },
        endianness: Endianness::from_little(file.is_little_endian()),
        kind,
        platform,
        own_name: dynamic.soname,
        init_functions,
        python_exports,
        python_api: python_api(&imports),
        libraries: dynamic.needed,
        rpath: dynamic.rpath,
        runpath: dynamic.runpath,
        version_needs: versions.needs,
        imports,
        provenance: origin.provenance,
        sections: origin.sections,
        minimum_system: None,
        apple_platform: None,
        android,
        wasm: None,
        hardening,
        segment_alignment: elf_hardening::alignment(&file).filter(|_| is_loaded),
        static_tls: if dynamic.wants_static_tls {
            thread_local(&file)
        } else {
            0
        },
        is_stripped,
    })
}

/// Distinguishes a truncated download from a damaged file: everything that the headers mention must be inside the file.
fn check_length<Elf>(bytes: &[u8]) -> Result<(), ReadError>
where
    Elf: FileHeader<Endian = ObjectEndianness>,
{
    let format = Format::Elf;
    let found = bytes.len() as u64;
    let truncated = |announced: u64| ReadError::Truncated {
        format,
        announced,
        found,
    };
    let header_size = size_of::<Elf>() as u64;
    if found < header_size {
        return Err(truncated(header_size));
    }
    let header = Elf::parse(bytes).map_err(malformed(format))?;
    let endian = header.endian().map_err(malformed(format))?;
    let table_end = |offset: u64, count: u16, size: u16| {
        offset.saturating_add(u64::from(count) * u64::from(size))
    };
    let end = table_end(
        header.e_phoff(endian).into(),
        header.e_phnum(endian),
        header.e_phentsize(endian),
    )
    .max(table_end(
        header.e_shoff(endian).into(),
        header.e_shnum(endian),
        header.e_shentsize(endian),
    ));
    if end > found {
        return Err(truncated(end));
    }
    let segments = header
        .program_headers(endian, bytes)
        .map_err(malformed(format))?;
    let sections = header.sections(endian, bytes).map_err(malformed(format))?;
    // The segments of a debug information file describe the file it was split off from.
    let of_this_file = if has_only_debug_information::<Elf>(endian, &sections) {
        &[]
    } else {
        segments
    };
    let end = of_this_file
        .iter()
        .map(|segment| segment.file_range(endian))
        .chain(
            sections
                .iter()
                .filter_map(|section| section.file_range(endian)),
        )
        .map(|(offset, size)| offset.saturating_add(size))
        .max()
        .unwrap_or(0);
    if end > found {
        return Err(truncated(end));
    }
    Ok(())
}

/// Whether everything that a process would load, apart from notes, was removed and only debug information is left.
fn has_only_debug_information<Elf>(
    endian: ObjectEndianness,
    sections: &SectionTable<'_, Elf>,
) -> bool
where
    Elf: FileHeader<Endian = ObjectEndianness>,
{
    let is_loaded =
        |section: &&Elf::SectionHeader| section.sh_flags(endian).contains(elf::SHF_ALLOC);
    let is_kept = |section: &&Elf::SectionHeader| {
        !matches!(section.sh_type(endian), elf::SHT_NOBITS | elf::SHT_NOTE)
    };
    let has_debug_information = sections
        .iter()
        .any(|section| sections.section_name(endian, section).is_ok_and(is_debug));
    has_debug_information
        && sections.iter().any(|section| is_loaded(&section))
        && !sections
            .iter()
            .filter(is_loaded)
            .any(|section| is_kept(&section))
}

/// The relevant entries in the dynamic table.
#[derive(Debug, Default)]
struct Dynamic {
    is_present: bool,
    is_pie: bool,
    soname: Option<String>,
    needed: Vec<Library>,
    rpath: Vec<String>,
    runpath: Vec<String>,
    wants_static_tls: bool,
    loading: Loading,
}

impl Dynamic {
    fn read<Elf>(
        file: &ElfFile<'_, Elf>,
        tables: &Tables<'_, Elf>,
        budget: &mut Budget,
    ) -> Result<Self, ReadError>
    where
        Elf: FileHeader<Endian = ObjectEndianness>,
    {
        let endian = file.endian();
        let mut dynamic = Self::default();
        let entries = tables.entries.iter();
        for entry in entries.take_while(|entry| entry.d_tag(endian) != elf::DT_NULL) {
            dynamic.is_present = true;
            let string = if entry.is_string(endian) {
                entry
                    .string(endian, tables.strings)
                    .map_err(malformed(Format::Elf))?
            } else {
                &[]
            };
            budget.spend("dynamic entries", string)?;
            dynamic.loading.note(entry, endian);
            match entry.d_tag(endian) {
                elf::DT_NEEDED => dynamic.needed.push(Library {
                    name: text(string),
                    optional: false,
                }),
                elf::DT_SONAME => dynamic.soname = Some(text(string)),
                elf::DT_RPATH => dynamic.rpath.extend(search_path(string)),
                elf::DT_RUNPATH => dynamic.runpath.extend(search_path(string)),
                elf::DT_FLAGS => {
                    dynamic.wants_static_tls = entry.val(endian) & elf::DF_STATIC_TLS.0 != 0;
                }
                elf::DT_FLAGS_1 => dynamic.is_pie = entry.val(endian) & elf::DF_1_PIE.0 != 0,
                _ => {}
            }
        }
        Ok(dynamic)
    }
}

fn search_path(value: &[u8]) -> Vec<String> {
    text(value).split(':').map(str::to_owned).collect()
}

type Symbols = (Vec<String>, Vec<Import>, bool);

/// Reads the dynamic symbols: those that are defined and relate to Python, those that are undefined, and whether
/// rustc's metadata is among them.
fn symbols<Elf>(
    file: &ElfFile<'_, Elf>,
    tables: &Tables<'_, Elf>,
    versions: &Versions,
    budget: &mut Budget,
) -> Result<Symbols, ReadError>
where
    Elf: FileHeader<Endian = ObjectEndianness>,
{
    let endian = file.endian();
    let (mut exports, mut imports, mut has_rust_metadata) = (Vec::new(), Vec::new(), false);
    for (index, symbol) in tables.symbols.iter().enumerate().skip(1) {
        if symbol.is_local() {
            continue;
        }
        let name = symbol
            .name(endian, tables.strings)
            .map_err(malformed(Format::Elf))?;
        budget.spend(SYMBOLS, name)?;
        if name.is_empty() {
            continue;
        }
        if symbol.is_undefined(endian) {
            let version = versions.of_symbol(index);
            // Many symbols may name the same version, and each gets a copy of its names.
            if let Some(need) = version {
                budget.spend(SYMBOLS, need.library.as_bytes())?;
                budget.spend(SYMBOLS, need.version.as_bytes())?;
            }
            imports.push(Import {
                name: text(name),
                ordinal: None,
                library: version.map(|need| need.library.clone()),
                version: version.map(|need| need.version.clone()),
                weak: symbol.st_bind() == elf::STB_WEAK,
            });
        } else if name.starts_with(b"rust_metadata_") {
            has_rust_metadata = true;
        } else if name.starts_with(b"Py") || name.starts_with(b"_Py") {
            exports.push(text(name));
        }
    }
    Ok((exports, imports, has_rust_metadata))
}

fn kind<Elf>(
    file: &ElfFile<'_, Elf>,
    dynamic: &Dynamic,
    rust_metadata: bool,
    has_door: bool,
) -> Kind
where
    Elf: FileHeader<Endian = ObjectEndianness>,
{
    let endian = file.endian();
    match file.elf_header().e_type(endian) {
        elf::ET_REL => Kind::ObjectFile,
        elf::ET_DYN | elf::ET_EXEC
            if has_only_debug_information::<Elf>(endian, file.elf_section_table()) =>
        {
            Kind::DebugFile
        }
        elf::ET_EXEC => Kind::Executable,
        elf::ET_DYN if dynamic.is_pie => Kind::Executable,
        elf::ET_DYN if rust_metadata => Kind::RustDylib,
        elf::ET_DYN if !dynamic.is_present => Kind::Other,
        // Older linkers don't mark position-independent programs; only programs name a loader but not themselves.
        elf::ET_DYN if has_interpreter(file) && dynamic.soname.is_none() && !has_door => {
            Kind::Executable
        }
        elf::ET_DYN => Kind::SharedLibrary,
        _ => Kind::Other,
    }
}

/// The size of the thread-local variables in bytes.
fn thread_local<Elf>(file: &ElfFile<'_, Elf>) -> u64
where
    Elf: FileHeader<Endian = ObjectEndianness>,
{
    let endian = file.endian();
    let segments = file.elf_program_headers().iter();
    segments
        .filter(|segment| segment.p_type(endian) == elf::PT_TLS)
        .map(|segment| segment.p_memsz(endian).into())
        .fold(0, u64::saturating_add)
}

fn has_interpreter<Elf>(file: &ElfFile<'_, Elf>) -> bool
where
    Elf: FileHeader<Endian = ObjectEndianness>,
{
    let endian = file.endian();
    file.elf_program_headers()
        .iter()
        .any(|segment| segment.p_type(endian) == elf::PT_INTERP)
}

/// The system, going by the linked C library.
fn platform(is_android: bool, dynamic: &Dynamic, versions: &Versions) -> Platform {
    let needs = |test: fn(&str) -> bool| dynamic.needed.iter().any(|library| test(&library.name));
    // Android's C library and musl share a name. Only Android's has symbol versions.
    let has_bionic_version = || {
        versions.needs.iter().any(|need| {
            need.library == "libc.so"
                && need
                    .version
                    .strip_prefix("LIBC")
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        })
    };
    if is_android || has_bionic_version() {
        Platform::Android
    } else if needs(|name| name == "libc.so.6") {
        Platform::LinuxGnu
    } else if needs(|name| {
        // musl's own name for itself is `libc.so`; `libc.musl-…` is the name in Alpine's packages.
        name == "libc.so" || name.starts_with("libc.musl-") || name.starts_with("ld-musl-")
    }) {
        Platform::LinuxMusl
    } else {
        Platform::Unknown
    }
}

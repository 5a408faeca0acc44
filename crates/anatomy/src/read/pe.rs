//! PE: the programs and libraries of Windows.

use object::read::pe::{ImageNtHeaders, PeFile};
use object::read::{ImportFlags, ImportLibraryFlags, NameOrOrdinal};
use object::{LittleEndian, Object, ObjectSection, pe};

use crate::facts::{
    Architecture, Endianness, Format, Image, Import, InitFunction, Kind, Library, Platform,
};

use crate::python_api::PythonApi;

use super::budget::Budget;
use super::{ReadError, malformed, provenance, text};

const SYMBOLS: &str = "symbols";

pub(super) fn read<Pe: ImageNtHeaders>(
    bytes: &[u8],
    budget: &mut Budget,
) -> Result<Image, ReadError> {
    let damaged = malformed(Format::Pe);
    let file = PeFile::<Pe>::parse(bytes).map_err(&damaged)?;
    check_length(&file, bytes)?;
    let mut libraries = Vec::new();
    for library in file.import_libraries().map_err(&damaged)? {
        let library = library.map_err(&damaged)?;
        budget.spend("libraries", library.name())?;
        libraries.push(Library {
            name: text(library.name()),
            optional: matches!(library.flags(), ImportLibraryFlags::Pe { delay: true }),
        });
    }
    let imports = imports(&file, budget)?;
    let (own_name, exports) = exports(&file, budget)?;
    let rust_metadata = file.section_by_name(".rustc").is_some()
        || exports
            .iter()
            .any(|name| name.starts_with("rust_metadata_"));
    let characteristics = file
        .nt_headers()
        .file_header()
        .characteristics
        .get(LittleEndian);
    let kind = match (characteristics.contains(pe::IMAGE_FILE_DLL), rust_metadata) {
        (true, true) => Kind::RustDylib,
        (true, false) => Kind::SharedLibrary,
        (false, _) => Kind::Executable,
    };
    let origin = provenance::read(&file, bytes.len(), None, budget)?;
    // Names and lines lie in a file of their own.
    let is_stripped = None;
    Ok(Image {
        format: Format::Pe,
        architecture: Architecture::from_object(file.architecture(), true),
        pointer_width: if file.is_64() { 64 } else { 32 },
        endianness: Endianness::Little,
        kind,
        platform: Platform::Windows,
        own_name,
        init_functions: InitFunction::among(&exports),
        python_exports: exports,
        python_api: PythonApi::of(&imports),
        libraries,
        rpath: Vec::new(),
        runpath: Vec::new(),
        version_needs: Vec::new(),
        imports,
        provenance: origin.provenance,
        sections: origin.sections,
        minimum_system: None,
        static_tls: 0,
        is_stripped,
    })
}

fn check_length<Pe: ImageNtHeaders>(file: &PeFile<'_, Pe>, bytes: &[u8]) -> Result<(), ReadError> {
    let found = bytes.len() as u64;
    let announced = file
        .sections()
        .filter_map(|section| section.file_range())
        .map(|(offset, size)| offset.saturating_add(size))
        .max()
        .unwrap_or(0);
    if announced > found {
        return Err(ReadError::Truncated {
            format: Format::Pe,
            announced,
            found,
        });
    }
    Ok(())
}

fn imports<Pe: ImageNtHeaders>(
    file: &PeFile<'_, Pe>,
    budget: &mut Budget,
) -> Result<Vec<Import>, ReadError> {
    let damaged = malformed(Format::Pe);
    let mut imports = Vec::new();
    for import in file.imports().map_err(&damaged)? {
        let import = import.map_err(&damaged)?;
        budget.spend(SYMBOLS, import.library())?;
        // A function that is asked for by number has no name that says anything.
        let NameOrOrdinal::Name(name) = import.name() else {
            continue;
        };
        budget.spend(SYMBOLS, name)?;
        imports.push(Import {
            name: text(name),
            library: Some(text(import.library())),
            version: None,
            weak: matches!(import.flags(), ImportFlags::Pe { delay: true }),
        });
    }
    Ok(imports)
}

/// The name that the library gives itself, and its exports that matter.
fn exports<Pe: ImageNtHeaders>(
    file: &PeFile<'_, Pe>,
    budget: &mut Budget,
) -> Result<(Option<String>, Vec<String>), ReadError> {
    let damaged = malformed(Format::Pe);
    let Some(table) = file.export_table().map_err(&damaged)? else {
        return Ok((None, Vec::new()));
    };
    let own_name = table
        .name_from_pointer(table.directory().name.get(LittleEndian))
        .ok()
        .map(text);
    let mut names = Vec::new();
    for pointer in table.name_pointers() {
        let name = table
            .name_from_pointer(pointer.get(LittleEndian))
            .map_err(&damaged)?;
        budget.spend(SYMBOLS, name)?;
        if name.starts_with(b"Py")
            || name.starts_with(b"_Py")
            || name.starts_with(b"rust_metadata_")
        {
            names.push(text(name));
        }
    }
    Ok((own_name, names))
}

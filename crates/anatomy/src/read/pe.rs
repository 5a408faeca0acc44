//! PE: Windows programs and libraries.

use object::read::pe::{ImageNtHeaders, ImageOptionalHeader, ImageThunkData, PeFile};
use object::{LittleEndian, Object, ObjectSection, U32, pe, pod};

use crate::facts::{
    Architecture, Endianness, Format, Hardening, Image, Import, InitFunction, Kind, Library,
    Platform, python_api,
};

use super::budget::Budget;
use super::pe_places::Places;
use super::{ReadError, malformed, provenance, text};

const SYMBOLS: &str = "symbols";

pub(super) fn read<Pe: ImageNtHeaders>(
    bytes: &[u8],
    budget: &mut Budget,
) -> Result<Image, ReadError> {
    let file = PeFile::<Pe>::parse(bytes).map_err(malformed(Format::Pe))?;
    check_length(&file, bytes)?;
    let places = Places::of(&file);
    let (libraries, imports) = imports(&file, &places, budget)?;
    let (own_name, exports) = exports(&file, &places, budget)?;
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
    // Names and line numbers are in a separate file.
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
        python_api: python_api(&imports),
        libraries,
        rpath: Vec::new(),
        runpath: Vec::new(),
        version_needs: Vec::new(),
        imports,
        provenance: origin.provenance,
        sections: origin.sections,
        minimum_system: None,
        apple_platform: None,
        android: None,
        wasm: None,
        hardening: hardening(&file),
        segment_alignment: None,
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

/// The protections that the optional header requests.
fn hardening<Pe: ImageNtHeaders>(file: &PeFile<'_, Pe>) -> Hardening {
    let flags = file.nt_headers().optional_header().dll_characteristics();
    let has = |flag| Some(flags.contains(flag));
    Hardening {
        aslr: has(pe::IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE),
        // 32-bit address spaces have no room for it.
        high_entropy_aslr: has(pe::IMAGE_DLLCHARACTERISTICS_HIGH_ENTROPY_VA)
            .filter(|_| file.is_64()),
        dep: has(pe::IMAGE_DLLCHARACTERISTICS_NX_COMPAT),
        control_flow_guard: has(pe::IMAGE_DLLCHARACTERISTICS_GUARD_CF),
        ..Hardening::default()
    }
}

/// The libraries it loads, and what it imports from them: immediately, or when a function is first called.
fn imports<Pe: ImageNtHeaders>(
    file: &PeFile<'_, Pe>,
    places: &Places<'_>,
    budget: &mut Budget,
) -> Result<(Vec<Library>, Vec<Import>), ReadError> {
    let (mut libraries, mut imports) = (Vec::new(), Vec::new());
    let mut take = |name: &[u8], first_thunk: u32, delayed: bool| -> Result<(), ReadError> {
        budget.spend("libraries", name)?;
        libraries.push(Library {
            name: text(name),
            optional: delayed,
        });
        let is_last = |thunk: &Pe::ImageThunkData| thunk.address() == 0;
        for thunk in places.table::<Pe::ImageThunkData>(first_thunk, is_last) {
            budget.spend(SYMBOLS, name)?;
            if thunk.is_ordinal() {
                let ordinal = thunk.ordinal();
                imports.push(Import {
                    name: format!("#{ordinal}"),
                    ordinal: Some(ordinal),
                    library: Some(text(name)),
                    version: None,
                    weak: delayed,
                });
                continue;
            }
            // The two bytes before the name hint at its position.
            let symbol = thunk.address().checked_add(2);
            let symbol = symbol
                .and_then(|address| places.text_at(address))
                .ok_or_else(|| outside("the name of an imported function"))?;
            budget.spend(SYMBOLS, symbol)?;
            imports.push(Import {
                name: text(symbol),
                ordinal: None,
                library: Some(text(name)),
                version: None,
                weak: delayed,
            });
        }
        Ok(())
    };
    if let Some(address) = Places::directory(file, pe::IMAGE_DIRECTORY_ENTRY_IMPORT) {
        places
            .at(address)
            .ok_or_else(|| outside("the import table"))?;
        let is_last = |descriptor: &pe::ImageImportDescriptor| descriptor.is_null();
        for descriptor in places.table(address, is_last) {
            let name = places
                .text_at(descriptor.name.get(LittleEndian))
                .ok_or_else(|| outside("the name of an imported library"))?;
            // Loading the image overwrites the second list, but old linkers don't write another one.
            let lists = [descriptor.original_first_thunk, descriptor.first_thunk];
            let lists = lists.map(|address| address.get(LittleEndian));
            let first = lists.into_iter().find(|address| *address != 0);
            take(name, first.unwrap_or_default(), false)?;
        }
    }
    if let Some(address) = Places::directory(file, pe::IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT) {
        let is_last = |descriptor: &pe::ImageDelayloadDescriptor| descriptor.is_null();
        for descriptor in places.table(address, is_last) {
            // Very old linkers didn't write relative addresses here, and delay-loaded imports can be left out.
            if let Some(name) = places.text_at(descriptor.dll_name_rva.get(LittleEndian)) {
                take(
                    name,
                    descriptor.import_name_table_rva.get(LittleEndian),
                    true,
                )?;
            }
        }
    }
    Ok((libraries, imports))
}

/// The library's own name, and its relevant exports.
fn exports<Pe: ImageNtHeaders>(
    file: &PeFile<'_, Pe>,
    places: &Places<'_>,
    budget: &mut Budget,
) -> Result<(Option<String>, Vec<String>), ReadError> {
    let Some(address) = Places::directory(file, pe::IMAGE_DIRECTORY_ENTRY_EXPORT) else {
        return Ok((None, Vec::new()));
    };
    let (directory, _) = places
        .at(address)
        .and_then(|data| pod::from_bytes::<pe::ImageExportDirectory>(data).ok())
        .ok_or_else(|| outside("the export table"))?;
    let own_name = places.text_at(directory.name.get(LittleEndian)).map(text);
    let count = usize::try_from(directory.number_of_names.get(LittleEndian)).unwrap_or(usize::MAX);
    let pointers = match count {
        0 => &[],
        count => places
            .at(directory.address_of_names.get(LittleEndian))
            .and_then(|data| pod::slice_from_bytes::<U32<LittleEndian>>(data, count).ok())
            .map(|(pointers, _)| pointers)
            .ok_or_else(|| outside("the names of its exports"))?,
    };
    let mut names = Vec::new();
    for pointer in pointers {
        let name = places
            .text_at(pointer.get(LittleEndian))
            .ok_or_else(|| outside("the name of an exported function"))?;
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

fn outside(what: &str) -> ReadError {
    ReadError::Malformed {
        format: Format::Pe,
        reason: format!("its sections don't contain {what}"),
    }
}

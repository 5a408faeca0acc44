//! COFF object files: only recognised, because nothing loads them.

use object::read::coff::{CoffBigFile, CoffFile};
use object::{FileKind, Object};

use crate::facts::{
    Architecture, Endianness, Format, Hardening, Image, Kind, Platform, Provenance,
};

use crate::python_api::PythonApi;

use super::{ReadError, malformed};

pub(super) fn read(bytes: &[u8], kind: FileKind) -> Result<Image, ReadError> {
    let (architecture, wide) = if kind == FileKind::CoffBig {
        let file: CoffBigFile<'_> = CoffBigFile::parse(bytes).map_err(malformed(Format::Coff))?;
        (file.architecture(), file.is_64())
    } else {
        let file: CoffFile<'_> = CoffFile::parse(bytes).map_err(malformed(Format::Coff))?;
        (file.architecture(), file.is_64())
    };
    Ok(Image {
        format: Format::Coff,
        architecture: Architecture::from_object(architecture, true),
        pointer_width: if wide { 64 } else { 32 },
        endianness: Endianness::Little,
        kind: Kind::ObjectFile,
        platform: Platform::Windows,
        own_name: None,
        init_functions: Vec::new(),
        python_exports: Vec::new(),
        python_api: PythonApi::default(),
        libraries: Vec::new(),
        rpath: Vec::new(),
        runpath: Vec::new(),
        version_needs: Vec::new(),
        imports: Vec::new(),
        provenance: Provenance::default(),
        sections: Vec::new(),
        minimum_system: None,
        apple_platform: None,
        android: None,
        wasm: None,
        hardening: Hardening::default(),
        segment_alignment: None,
        static_tls: 0,
        is_stripped: None,
    })
}

//! One binary: what it is, what it offers and what it asks for.

use std::collections::HashSet;

use serde::Serialize;

use crate::python_api::PythonApi;
use crate::target::PythonVersion;

use super::{
    Android, ApplePlatform, Architecture, Endianness, Format, Hardening, Import, InitFunction,
    InitProtocol, Kind, Library, Provenance, Section, Version, VersionNeed, Wasm,
};

/// The system that a binary was linked for, as far as the binary itself says so and rules depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Linux with the GNU C library.
    LinuxGnu,
    /// Linux with musl.
    LinuxMusl,
    /// Android.
    Android,
    /// macOS.
    MacOs,
    /// iOS, tvOS, watchOS, visionOS, their simulators and Mac Catalyst; `apple_platform` says which.
    AppleMobile,
    /// Windows.
    Windows,
    /// Emscripten, and so Pyodide.
    Emscripten,
    /// The WebAssembly System Interface.
    Wasi,
    /// The binary does not say, or says something else.
    Unknown,
}

/// What is known of one binary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Image {
    /// Its format.
    pub format: Format,
    /// The architecture it has code for.
    pub architecture: Architecture,
    /// The width of a pointer in bits.
    pub pointer_width: u8,
    /// The order of its bytes.
    pub endianness: Endianness,
    /// What it is.
    pub kind: Kind,
    /// The system it was linked for.
    pub platform: Platform,
    /// The name it gives itself: `DT_SONAME`, `LC_ID_DYLIB`, or the DLL's export name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_name: Option<String>,
    /// The functions by which Python may enter.
    pub init_functions: Vec<InitFunction>,
    /// Everything it exports whose name begins with `Py` or `_Py`: for an interpreter or its library, the C API.
    #[serde(skip)]
    pub python_exports: Vec<String>,
    /// What it asks of Python's C API.
    pub python_api: PythonApi,
    /// The libraries that are loaded with it.
    pub libraries: Vec<Library>,
    /// Where the loader looks for them first: `DT_RPATH`, or Mach-O's `LC_RPATH`.
    pub rpath: Vec<String>,
    /// Where the loader looks for them after `LD_LIBRARY_PATH`: `DT_RUNPATH`.
    pub runpath: Vec<String>,
    /// The versions that it needs of its libraries' symbols.
    pub version_needs: Vec<VersionNeed>,
    /// The symbols that it needs.
    pub imports: Vec<Import>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Its parts, by name and size.
    pub sections: Vec<Section>,
    /// The oldest version of the system that it was built for, where it says so; Mach-O only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_system: Option<Version>,
    /// Which of Apple's platforms it was linked for, where it says so; Mach-O only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apple_platform: Option<ApplePlatform>,
    /// What Android's NDK noted in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub android: Option<Android>,
    /// Facts that only WebAssembly has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wasm: Option<Wasm>,
    /// Its protections.
    pub hardening: Hardening,
    /// The largest size of memory pages with which it loads, in bytes: the alignment that all of its loaded segments have.
    /// ELF and Mach-O only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment_alignment: Option<u64>,
    /// How many bytes of thread-local variables it has that want their place before the program starts (`DF_STATIC_TLS`).
    pub static_tls: u64,
    /// Whether the names of its inner functions were taken out; nothing where the format does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_stripped: Option<bool>,
}

impl Image {
    /// The newest version of the GNU C library that the binary asks for: it loads with none older.
    pub fn newest_glibc(&self) -> Option<Version> {
        if self.platform == Platform::LinuxMusl {
            return None;
        }
        self.glibc_needs().map(|(version, _)| version).max()
    }

    /// The versions of the GNU C library without which it doesn't load.
    fn glibc_needs(&self) -> impl Iterator<Item = (Version, &VersionNeed)> {
        self.version_needs
            .iter()
            .filter(|need| !need.weak)
            .filter_map(|need| Some((need.glibc()?, need)))
    }

    /// Why it needs the glibc that it needs: the symbols that only [`newest_glibc`](Self::newest_glibc) and later have. There
    /// may be none: packed relocations ask for a version too, and so does a table that a tool left in the file.
    pub fn newest_glibc_symbols(&self) -> Vec<&str> {
        let Some(newest) = self.newest_glibc() else {
            return Vec::new();
        };
        let needs: Vec<&VersionNeed> = self
            .glibc_needs()
            .filter(|(version, _)| *version == newest)
            .map(|(_, need)| need)
            .collect();
        let mut names: Vec<&str> = self
            .imports
            .iter()
            .filter(|import| {
                needs.iter().any(|need| {
                    import.version.as_ref() == Some(&need.version)
                        && import.library.as_ref() == Some(&need.library)
                })
            })
            .map(|import| import.name.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The API level of Android that it was built for.
    pub fn android_api(&self) -> Option<u32> {
        self.android.as_ref().map(|android| android.api)
    }

    /// How many functions it asks Python's library for by their numbers, which say nothing of what they are.
    pub fn python_ordinals(&self) -> usize {
        self.imports
            .iter()
            .filter(|import| import.is_python_by_number())
            .count()
    }

    /// The Python library that it is linked with, if it is.
    pub fn libpython(&self) -> Option<&Library> {
        self.libraries.iter().find(|library| library.is_libpython())
    }

    /// The symbols of Python's C API that it needs.
    pub fn python_imports(&self) -> impl Iterator<Item = &Import> {
        self.imports.iter().filter(|import| import.is_python())
    }

    /// Whether it may keep to the free-threaded stable ABI: all it asks of Python is stable, and for each of its modules there
    /// is a `PyModExport_…`, since the structure that `PyInit_…` returns has no known layout there (PEP 803, PEP 793;
    /// [`opaque_in_abi3t`](crate::python_api::opaque_in_abi3t)). A `PyInit_…` beside it is for older Pythons: from 3.15 on
    /// Python looks for `PyModExport_…` first.
    /// The symbols of both stable ABIs are the same; whether the code reads an object's fields, no symbol tells.
    pub fn may_be_abi3t(&self) -> bool {
        let functions = &self.init_functions;
        let exported: HashSet<&str> = functions
            .iter()
            .filter(|function| function.protocol == InitProtocol::Export)
            .map(|function| function.module.as_str())
            .collect();
        self.stable_abi().is_some()
            && !functions.is_empty()
            && functions
                .iter()
                .all(|function| exported.contains(function.module.as_str()))
    }

    /// The oldest version of the stable ABI that has all it asks of Python, where that is known.
    fn stable_abi(&self) -> Option<PythonVersion> {
        self.python_api
            .stable_abi
            .filter(|_| self.python_ordinals() == 0)
    }

    /// The oldest Python that it can load under, where all that it needs of Python is in the stable ABI: a later version
    /// has all of it too. That holds for builds that keep to the stable ABI: code for one version may also read the fields
    /// of its objects, which no symbol shows. A binary that only `PyModExport_…` leads into needs the first version that looked
    /// for it. One that is linked with the library of one version loads under that one alone, and there is no oldest.
    pub fn oldest_python(&self) -> Option<PythonVersion> {
        if self.libpython().and_then(Library::python_version).is_some() {
            return None;
        }
        let symbols = self.stable_abi()?;
        let doors = self.init_functions.iter();
        // Without a door there is none that is too new.
        let door = doors
            .map(|function| function.protocol.first_python())
            .min()
            .flatten();
        Some(door.map_or(symbols, |door| symbols.max(door)))
    }

    /// Whether debug information is in it.
    pub fn has_debug_info(&self) -> bool {
        self.sections.iter().any(|section| section.is_debug)
    }

    /// Whether it is a shared library of any sort.
    pub fn is_loadable(&self) -> bool {
        matches!(self.kind, Kind::SharedLibrary | Kind::RustDylib)
    }
}

//! One binary: what it is, what it exports and what it needs.

use std::collections::HashSet;

use serde::Serialize;

use crate::python_api::PythonApi;
use crate::target::PythonVersion;

use super::{
    Android, ApplePlatform, Architecture, Endianness, Format, Hardening, Import, InitFunction,
    InitProtocol, Kind, Library, Provenance, Section, Version, VersionNeed, Wasm,
};

/// The system that a binary was linked for, as far as the binary says and rules depend on it.
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
    /// iOS, tvOS, watchOS, visionOS, their simulators and Mac Catalyst; `apple_platform` says which one.
    AppleMobile,
    /// Windows.
    Windows,
    /// Emscripten, which includes Pyodide.
    Emscripten,
    /// The WebAssembly System Interface.
    Wasi,
    /// The binary doesn't say, or names another system.
    Unknown,
}

/// The facts about one binary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Image {
    /// Its format.
    pub format: Format,
    /// The architecture of its code.
    pub architecture: Architecture,
    /// The width of a pointer in bits.
    pub pointer_width: u8,
    /// Its byte order.
    pub endianness: Endianness,
    /// What it is.
    pub kind: Kind,
    /// The system it was linked for.
    pub platform: Platform,
    /// Its own name: `DT_SONAME`, `LC_ID_DYLIB`, or the DLL's export name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_name: Option<String>,
    /// The init functions that Python may call.
    pub init_functions: Vec<InitFunction>,
    /// All exports whose names start with `Py` or `_Py`: for an interpreter or its library, the C API.
    #[serde(skip)]
    pub python_exports: Vec<String>,
    /// What it needs from Python's C API.
    pub python_api: PythonApi,
    /// The libraries that are loaded with it.
    pub libraries: Vec<Library>,
    /// Where the loader looks for libraries first: `DT_RPATH`, or Mach-O's `LC_RPATH`.
    pub rpath: Vec<String>,
    /// Where the loader looks for libraries after `LD_LIBRARY_PATH`: `DT_RUNPATH`.
    pub runpath: Vec<String>,
    /// The versions of its libraries' symbols that it needs.
    pub version_needs: Vec<VersionNeed>,
    /// The symbols that it needs.
    pub imports: Vec<Import>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Its sections, by name and size.
    pub sections: Vec<Section>,
    /// The oldest system version it was built for, if it says so; Mach-O only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_system: Option<Version>,
    /// The Apple platform it was linked for, if it says so; Mach-O only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apple_platform: Option<ApplePlatform>,
    /// What Android's NDK recorded in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub android: Option<Android>,
    /// Facts specific to WebAssembly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wasm: Option<Wasm>,
    /// Its protections.
    pub hardening: Hardening,
    /// The largest page size it loads with, in bytes: the alignment that all its loaded segments have. ELF and Mach-O
    /// only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment_alignment: Option<u64>,
    /// The size in bytes of its thread-local variables that must be reserved before the program starts
    /// (`DF_STATIC_TLS`).
    pub static_tls: u64,
    /// Whether the names of its internal functions were stripped; `None` if the format doesn't say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_stripped: Option<bool>,
}

impl Image {
    /// The newest glibc version that the binary needs: it doesn't load with an older one.
    pub fn newest_glibc(&self) -> Option<Version> {
        if self.platform == Platform::LinuxMusl {
            return None;
        }
        self.glibc_needs().map(|(version, _)| version).max()
    }

    /// The glibc versions that it doesn't load without.
    fn glibc_needs(&self) -> impl Iterator<Item = (Version, &VersionNeed)> {
        self.version_needs
            .iter()
            .filter(|need| !need.weak)
            .filter_map(|need| Some((need.glibc()?, need)))
    }

    /// Why it needs that glibc: the symbols that only [`newest_glibc`](Self::newest_glibc) and later have. There may be
    /// none: packed relocations need a version too, and so does a table that a tool left in the file.
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

    /// The Android API level it was built for.
    pub fn android_api(&self) -> Option<u32> {
        self.android.as_ref().map(|android| android.api)
    }

    /// How many functions it imports from Python's library by number, which doesn't reveal what they are.
    pub fn python_ordinals(&self) -> usize {
        self.imports
            .iter()
            .filter(|import| import.is_python_by_number())
            .count()
    }

    /// The Python library it's linked with, if any.
    pub fn libpython(&self) -> Option<&Library> {
        self.libraries.iter().find(|library| library.is_libpython())
    }

    /// The symbols it needs from Python's C API.
    pub fn python_imports(&self) -> impl Iterator<Item = &Import> {
        self.imports.iter().filter(|import| import.is_python())
    }

    /// Whether it may comply with the free-threaded stable ABI: everything it needs from Python is stable, and each of
    /// its modules has a `PyModExport_…`, because the structure that `PyInit_…` returns has no known layout there (PEP
    /// 803, PEP 793; [`opaque_in_abi3t`](crate::python_api::opaque_in_abi3t)). An additional `PyInit_…` is for older
    /// Pythons: since 3.15 Python looks for `PyModExport_…` first. Both stable ABIs have the same symbols; symbols
    /// don't show whether the code reads object fields.
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

    /// The oldest stable ABI version that has everything it needs from Python, if known.
    fn stable_abi(&self) -> Option<PythonVersion> {
        self.python_api
            .stable_abi
            .filter(|_| self.python_ordinals() == 0)
    }

    /// The oldest Python that can load it, if everything it needs from Python is in the stable ABI: later versions have
    /// all of it too. That's valid for builds that use only the stable ABI: code for one version may also read object
    /// fields, which symbols don't show. A binary with only `PyModExport_…` needs the first version that looked for it.
    /// One linked with a single version's library only loads under that version, so there's no oldest.
    pub fn oldest_python(&self) -> Option<PythonVersion> {
        if self.libpython().and_then(Library::python_version).is_some() {
            return None;
        }
        let symbols = self.stable_abi()?;
        let functions = self.init_functions.iter();
        // Without an init function, none can be too new.
        let first_python = functions
            .map(|function| function.protocol.first_python())
            .min()
            .flatten();
        Some(first_python.map_or(symbols, |first_python| symbols.max(first_python)))
    }

    /// Whether it contains debug information.
    pub fn has_debug_info(&self) -> bool {
        self.sections.iter().any(|section| section.is_debug)
    }

    /// Whether it's any kind of shared library.
    pub fn is_loadable(&self) -> bool {
        matches!(self.kind, Kind::SharedLibrary | Kind::RustDylib)
    }
}

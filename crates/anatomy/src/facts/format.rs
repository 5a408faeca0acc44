//! File formats and byte orders.

use std::fmt;

use serde::Serialize;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// The Executable and Linkable Format used by Linux, Android and the BSDs (System V gABI).
    Elf,
    /// The format of macOS and Apple's other systems.
    MachO,
    /// Several Mach-O files in one, each for one architecture.
    UniversalMachO,
    /// The format of Windows programs and libraries.
    Pe,
    /// The object files of Windows.
    Coff,
    /// WebAssembly.
    Wasm,
    /// A collection of object files, as written by `ar`.
    Archive,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Elf => "ELF",
            Self::MachO => "Mach-O",
            Self::UniversalMachO => "universal Mach-O",
            Self::Pe => "PE",
            Self::Coff => "COFF",
            Self::Wasm => "WebAssembly",
            Self::Archive => "ar archive",
        })
    }
}

/// The order of bytes in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Endianness {
    /// The least significant byte comes first.
    Little,
    /// The most significant byte comes first.
    Big,
}

impl Endianness {
    pub(crate) fn from_little(little: bool) -> Self {
        if little { Self::Little } else { Self::Big }
    }
}

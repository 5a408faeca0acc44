//! Where a binary comes from: compilers, crates, and other traces.

use serde::Serialize;

/// A crate and its version, from the paths that panics print.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CrateVersion {
    /// The crate's name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A binary's origin, as far as it's known. A crate whose code can't panic, or whose paths were remapped, leaves no
/// trace: the list is correct but incomplete.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// The compilers and linkers named in `.comment`; ELF only.
    pub tools: Vec<String>,
    /// The rustc version, if it left its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rustc: Option<String>,
    /// The commit of rustc, from the paths of the standard library.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rustc_commit: Option<String>,
    /// The crates whose paths it contains, sorted.
    pub crates: Vec<CrateVersion>,
}

impl Provenance {
    /// The PyO3 version, if its paths are present.
    pub fn pyo3(&self) -> Option<&str> {
        self.crates
            .iter()
            .find(|known| known.name == "pyo3")
            .map(|known| known.version.as_str())
    }

    /// Whether it contains Rust code.
    pub fn is_rust(&self) -> bool {
        self.rustc.is_some() || self.rustc_commit.is_some() || !self.crates.is_empty()
    }
}

/// A named part of a binary.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Its size in bytes, in memory.
    pub size: u64,
    /// Whether it's debug information.
    pub is_debug: bool,
}

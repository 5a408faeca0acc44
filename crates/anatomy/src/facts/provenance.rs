//! Where a binary comes from: compilers, crates, and what was left in it.

use serde::Serialize;

/// A crate and its version, as they stand in the paths that panics print.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CrateVersion {
    /// The crate's name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What is known of a binary's origin. A crate whose code cannot panic, or whose paths were remapped, leaves no trace:
/// the list is true and not whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// The compilers and linkers that signed it, from `.comment`; ELF only.
    pub tools: Vec<String>,
    /// The version of rustc, where it signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rustc: Option<String>,
    /// The commit of rustc, from the paths of the standard library.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rustc_commit: Option<String>,
    /// The crates whose paths are in it, sorted.
    pub crates: Vec<CrateVersion>,
}

impl Provenance {
    /// The version of PyO3, where its paths are there.
    pub fn pyo3(&self) -> Option<&str> {
        self.crates
            .iter()
            .find(|known| known.name == "pyo3")
            .map(|known| known.version.as_str())
    }

    /// Whether Rust code is in it.
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
    /// Whether it is debug information.
    pub is_debug: bool,
}

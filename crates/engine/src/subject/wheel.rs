//! Projects that maturin packs without PyO3: programs, and libraries that Python calls through cffi or uniffi.

use std::fmt;
use std::path::Path;

use super::{PythonTests, RustCrate, search};
use crate::manifest::{CargoToml, Pyproject, workspace_of};
use crate::system::{System, SystemExt};

/// A project whose wheel only maturin can make: beside what cargo builds, it has code that maturin generates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WheelProject {
    /// How Python reaches the Rust code.
    pub bindings: Bindings,
    /// The Python tests.
    pub tests: PythonTests,
    /// The crate, as cargo alone builds it.
    pub rust: RustCrate,
    /// Whether the crate has tests in Rust.
    pub has_rust_tests: bool,
    /// What `build-system.requires` asks for, maturin among it.
    pub tools: Vec<String>,
}

/// How Python reaches the Rust code of a project (maturin's guide, "Bindings").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bindings {
    /// By functions of C, through cffi.
    Cffi,
    /// Through the code that uniffi generates.
    Uniffi,
    /// As a program of its own.
    Bin,
}

impl fmt::Display for Bindings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cffi => "a library for cffi",
            Self::Uniffi => "a library for uniffi",
            Self::Bin => "a program",
        })
    }
}

/// The bindings of a crate that maturin builds; nothing where they are PyO3's. maturin takes what `tool.maturin.bindings` says, else
/// PyO3 where it is among the dependencies, else uniffi, else cffi for a `cdylib`, else the programs.
pub(super) fn bindings(
    system: &dyn System,
    manifest: &Path,
    cargo: &CargoToml,
    pyproject: &Pyproject,
) -> Option<Bindings> {
    let said = pyproject
        .maturin()
        .and_then(|options| options.bindings.as_deref());
    match said {
        Some("cffi") => return Some(Bindings::Cffi),
        Some("uniffi") => return Some(Bindings::Uniffi),
        Some("bin") => return Some(Bindings::Bin),
        Some(_) => return None,
        None => {}
    }
    let dir = manifest.parent().unwrap_or(manifest);
    let is_program = !cargo.has_library()
        && !system.is_file(&dir.join("src/lib.rs"))
        && (cargo.names_programs()
            || system.is_file(&dir.join("src/main.rs"))
            || system.is_dir(&dir.join("src/bin")));
    if is_program {
        return Some(Bindings::Bin);
    }
    if uses_pyo3(system, manifest, cargo) {
        return None;
    }
    if cargo.depends_on("uniffi") {
        return Some(Bindings::Uniffi);
    }
    cargo.makes_cdylib().then_some(Bindings::Cffi)
}

/// Whether the crate is made with PyO3, or with Python's C API: maturin looks at dependencies of dependencies as well, and a
/// source that names PyO3 without depending on it is meant to.
fn uses_pyo3(system: &dyn System, manifest: &Path, cargo: &CargoToml) -> bool {
    let dir = manifest.parent().unwrap_or(manifest);
    // The lock file of a workspace also names what other members need.
    let lock = match workspace_of(system, manifest) {
        Some(workspace) if workspace != manifest => None,
        _ => system.read(&manifest.with_file_name("Cargo.lock")).ok(),
    };
    let says = |text: &str| {
        ["pyo3", "PyInit_", "PyModExport_"]
            .iter()
            .any(|word| text.contains(word))
    };
    ["pyo3", "pyo3-ffi"]
        .iter()
        .any(|name| cargo.depends_on(name))
        || search::any_source(system, &dir.join("src"), &says)
        || lock.is_some_and(|bytes| String::from_utf8_lossy(&bytes).contains("name = \"pyo3-ffi\""))
}

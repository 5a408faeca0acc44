//! Projects that maturin packages without PyO3: programs, and libraries that Python calls through cffi or uniffi.

use std::fmt;
use std::path::Path;

use super::{PythonTests, RustCrate, search};
use crate::manifest::{CargoToml, Pyproject, workspace_of};
use crate::system::{System, SystemExt};

/// A project whose wheel only maturin can build: in addition to what cargo builds, it contains code that maturin generates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WheelProject {
    /// How Python calls the Rust code.
    pub bindings: Bindings,
    /// The Python tests.
    pub tests: PythonTests,
    /// The crate, as cargo builds it without maturin.
    pub rust: RustCrate,
    /// Whether the crate has Rust tests.
    pub has_rust_tests: bool,
    /// The packages in `build-system.requires`, including maturin.
    pub tools: Vec<String>,
}

/// How Python calls the Rust code of a project (maturin's guide, "Bindings").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bindings {
    /// As C functions, through cffi.
    Cffi,
    /// Through code that uniffi generates.
    Uniffi,
    /// As a separate program.
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

/// The bindings of a crate that maturin builds; `None` if they are PyO3's. maturin uses `tool.maturin.bindings`, otherwise PyO3 if
/// it's a dependency, otherwise uniffi, otherwise cffi for a `cdylib`, otherwise the programs.
pub(super) fn bindings(
    system: &dyn System,
    manifest: &Path,
    cargo: &CargoToml,
    pyproject: &Pyproject,
) -> Option<Bindings> {
    let configured = pyproject
        .maturin()
        .and_then(|options| options.bindings.as_deref());
    match configured {
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

/// Whether the crate uses PyO3 or Python's C API. maturin considers indirect dependencies too, and a source that names PyO3
/// without depending on it is meant to depend on it.
fn uses_pyo3(system: &dyn System, manifest: &Path, cargo: &CargoToml) -> bool {
    let dir = manifest.parent().unwrap_or(manifest);
    // The lock file of a workspace also lists the dependencies of other members.
    let lock = match workspace_of(system, manifest) {
        Some(workspace) if workspace != manifest => None,
        _ => system.read(&manifest.with_file_name("Cargo.lock")).ok(),
    };
    let names_pyo3 = |text: &str| {
        ["pyo3", "PyInit_", "PyModExport_"]
            .iter()
            .any(|word| text.contains(word))
    };
    ["pyo3", "pyo3-ffi"]
        .iter()
        .any(|name| cargo.depends_on(name))
        || search::any_source(system, &dir.join("src"), &names_pyo3)
        || lock.is_some_and(|bytes| String::from_utf8_lossy(&bytes).contains("name = \"pyo3-ffi\""))
}

//! What is known of a project.

use diagnostic::Diagnostic;
use serde::Serialize;

use crate::names::is_identifier;

use super::broken::{self, BrokenManifest};
use super::cargo::CargoManifest;
use super::lock::{self, LockedPackage};
use super::pyproject::PyprojectManifest;
use super::source_tree::{self, RustSources};
use super::{PyFunction, PyModule, Texts};

/// What was found in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectInspection {
    /// What the project is.
    pub facts: ProjectFacts,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is known of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProjectFacts {
    /// The crate's manifest, with its path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cargo: Option<CargoManifest>,
    /// `pyproject.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pyproject: Option<PyprojectManifest>,
    /// The packages of PyO3 in `Cargo.lock`.
    pub locked: Vec<LockedPackage>,
    /// The modules that are compiled in.
    pub pymodules: Vec<PyModule>,
    /// Modules in files that no `mod` declares.
    pub unreached_pymodules: Vec<PyModule>,
    /// The functions for Python.
    pub pyfunctions: Vec<PyFunction>,
    /// The manifests that are no TOML, of which therefore nothing is known.
    pub broken: Vec<BrokenManifest>,
    /// Whether every source was understood, so that what was not seen is not there.
    #[serde(skip)]
    pub(crate) is_whole: bool,
}

impl ProjectFacts {
    pub(super) fn read(texts: &Texts) -> Self {
        let pyproject = texts
            .get("pyproject.toml")
            .and_then(|text| PyprojectManifest::parse(text));
        let manifest_path = pyproject
            .as_ref()
            .and_then(|pyproject| pyproject.manifest_path.clone())
            .unwrap_or_else(|| "Cargo.toml".to_owned());
        let cargo = CargoManifest::read(texts, &manifest_path);
        let sources = cargo
            .as_ref()
            .map(|cargo| source_tree::read(texts, cargo))
            .unwrap_or_default();
        let RustSources {
            pymodules,
            unreached_pymodules,
            pyfunctions,
            is_whole,
        } = sources;
        let lock_path = join(directory(&manifest_path), "Cargo.lock");
        let locked = texts
            .get(&lock_path)
            .or_else(|| texts.get("Cargo.lock"))
            .map(|text| lock::pyo3_packages(text))
            .unwrap_or_default();
        Self {
            cargo,
            pyproject,
            locked,
            pymodules,
            unreached_pymodules,
            pyfunctions,
            broken: ["pyproject.toml", &*manifest_path, &*lock_path]
                .into_iter()
                .filter_map(|path| broken::look(path, texts.get(path)?))
                .collect(),
            is_whole,
        }
    }

    /// The last part of the name by which the extension is to be imported, and what says so.
    ///
    /// maturin takes `module-name`, else the library's name.
    pub fn module_leaf(&self) -> Option<(String, &'static str)> {
        let from_pyproject = self
            .pyproject
            .as_ref()
            .filter(|pyproject| pyproject.is_maturin())
            .and_then(|pyproject| pyproject.module_name.as_deref())
            .and_then(|name| name.rsplit('.').next());
        if let Some(leaf) = from_pyproject {
            return Some((leaf.to_owned(), "`module-name` in pyproject.toml"));
        }
        let cargo = self.cargo.as_ref()?;
        let said_by = if cargo.lib_name_is_written {
            "`[lib] name` in Cargo.toml"
        } else {
            "the package's name in Cargo.toml"
        };
        let name = cargo
            .lib_name
            .as_deref()
            .filter(|name| is_identifier(name))?;
        Some((name.to_owned(), said_by))
    }

    /// Whether PyO3 makes the extension: the crate depends on it, and maturin is not told of other bindings.
    pub(crate) fn is_pyo3_extension(&self) -> bool {
        let other_bindings = self
            .pyproject
            .as_ref()
            .and_then(|pyproject| pyproject.bindings.as_deref())
            .is_some_and(|bindings| bindings != "pyo3");
        self.cargo
            .as_ref()
            .is_some_and(|cargo| cargo.pyo3.is_some())
            && !other_bindings
    }

    /// The version of PyO3 in the lock file, where there is just one.
    pub(crate) fn locked_pyo3(&self) -> Option<&str> {
        let mut versions = self
            .locked
            .iter()
            .filter(|package| package.name == "pyo3-ffi" || package.name == "pyo3")
            .map(|package| package.version.as_str());
        let first = versions.next()?;
        versions.all(|version| version == first).then_some(first)
    }
}

/// The directory of a path: empty for the project's root.
pub(super) fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// A path below a directory.
pub(super) fn join(directory: &str, path: &str) -> String {
    let path = path.trim_start_matches("./");
    if directory.is_empty() {
        path.to_owned()
    } else {
        format!("{directory}/{path}")
    }
}

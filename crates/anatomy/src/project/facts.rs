//! What is known of a project.

use std::fmt;

use diagnostic::Diagnostic;
use serde::Serialize;

use crate::expectation::Expectation;
use crate::names::is_identifier;
use crate::python_api::Pyo3Release;
use crate::target::{PythonVersion, Threading};

use super::broken::{self, BrokenManifest};
use super::cargo::CargoManifest;
use super::layout;
use super::lock::{self, LockedPackage};
use super::paths::{directory, join};
use super::pyo3::StableAbi;
use super::pyproject::PyprojectManifest;
use super::source_tree::{self, RustSources};
use super::workspace::Workspace;
use super::{PyFunction, PyModule, Texts};

/// From this minor version on, PyO3 looks at its features also where it has a configuration file.
const FIRST_WITH_FEATURES_BESIDE_FILE: u32 = 23;

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
    /// The path of the lock file, whether there is one or not.
    #[serde(skip)]
    pub(crate) lock_path: String,
    /// Whether every source was understood, so that what was not seen is not there.
    #[serde(skip)]
    pub(crate) is_whole: bool,
}

/// What says by which name the extension is to be imported. maturin takes `module-name`, else the library's name where one is
/// written, else the project's, else the package's; setuptools-rust takes `target`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedBy {
    /// `module-name` of `[tool.maturin]`.
    ModuleName,
    /// `target` of `[[tool.setuptools-rust.ext-modules]]`.
    Target,
    /// `name` of `[lib]`.
    Library,
    /// `name` of `[project]`.
    Project,
    /// `name` of `[package]`.
    Package,
}

impl NamedBy {
    /// The file, the section and the key; no file where it is the crate's manifest.
    pub(crate) fn place(self) -> (Option<&'static str>, &'static str, &'static str) {
        let pyproject = Some("pyproject.toml");
        match self {
            Self::ModuleName => (pyproject, "tool.maturin", "module-name"),
            Self::Target => (pyproject, "tool.setuptools-rust.ext-modules", "target"),
            Self::Library => (None, "lib", "name"),
            Self::Project => (pyproject, "project", "name"),
            Self::Package => (None, "package", "name"),
        }
    }
}

impl fmt::Display for NamedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ModuleName => "`module-name` in pyproject.toml",
            Self::Target => "`target` in pyproject.toml",
            Self::Library => "`[lib] name` in Cargo.toml",
            Self::Project => "the project's name in pyproject.toml",
            Self::Package => "the package's name in Cargo.toml",
        })
    }
}

impl ProjectFacts {
    /// Only what the manifests and the lock file say.
    pub(super) fn read_manifests(texts: &Texts) -> Self {
        const MANIFESTS: [&str; 3] = ["Cargo.toml", "Cargo.lock", "pyproject.toml"];
        let of_manifests = |path: &str| MANIFESTS.iter().any(|name| path.ends_with(name));
        let texts = texts.iter().filter(|(path, _)| of_manifests(path));
        Self::read(
            &texts
                .map(|(path, text)| (path.clone(), text.clone()))
                .collect(),
        )
    }

    pub(super) fn read(texts: &Texts) -> Self {
        let pyproject = texts
            .get("pyproject.toml")
            .and_then(|text| PyprojectManifest::parse(text));
        let manifest_path = crate_manifest(texts, pyproject.as_ref());
        let workspace = Workspace::of(texts, &manifest_path);
        let cargo = CargoManifest::read(
            texts,
            &manifest_path,
            pyproject.as_ref(),
            workspace.as_ref(),
        );
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
        let lock_path = lock_file(texts, &manifest_path, workspace.as_ref());
        let locked = texts
            .get(&lock_path)
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
            lock_path,
            is_whole,
        }
    }

    /// The last part of the name by which the extension is to be imported, and what says so.
    pub fn module_leaf(&self) -> Option<(String, NamedBy)> {
        let pyproject = self.pyproject.as_ref();
        let is_maturin = pyproject.is_some_and(PyprojectManifest::is_maturin);
        let setuptools_rust = pyproject.and_then(|pyproject| pyproject.setuptools_rust.as_ref());
        let leaf = |name: &str| name.rsplit('.').next().map(str::to_owned);
        if is_maturin && let Some(name) = pyproject?.module_name.as_deref() {
            return Some((leaf(name)?, NamedBy::ModuleName));
        }
        if !is_maturin && let Some(module) = setuptools_rust {
            return Some((leaf(&module.target)?, NamedBy::Target));
        }
        // What else builds it may call the library's file as it likes.
        if !is_maturin && pyproject.is_some() {
            return None;
        }
        let cargo = self.cargo.as_ref()?;
        let of_library = (cargo.lib_name.as_deref(), NamedBy::Library);
        let of_project = (
            pyproject.and_then(|pyproject| pyproject.name.as_deref()),
            NamedBy::Project,
        );
        let of_package = (cargo.lib_name.as_deref(), NamedBy::Package);
        let (name, by) = if cargo.lib_name_is_written {
            of_library
        } else if of_project.0.is_some() {
            of_project
        } else {
            of_package
        };
        let name = name.filter(|name| is_identifier(name))?;
        Some((name.to_owned(), by))
    }

    /// Whether the manifests decide by which name Python imports the library, and not only cargo, by which it is built.
    pub fn names_decide(&self) -> bool {
        self.pyproject
            .as_ref()
            .is_some_and(|pyproject| pyproject.is_maturin() || pyproject.setuptools_rust.is_some())
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

    /// The Python whose stable ABI is to be built for, where PyO3 has to be told so in its configuration file: before 0.23 it does
    /// not look at its features beside such a file. Of `expected`, the interpreter's version and build matter.
    pub fn stable_abi_beside_config_file(&self, expected: &Expectation) -> Option<PythonVersion> {
        let release = self.locked_pyo3().and_then(Pyo3Release::of)?;
        if release.minor() >= FIRST_WITH_FEATURES_BESIDE_FILE {
            return None;
        }
        self.stable_abi(expected)
    }

    /// The Python whose stable ABI is built for, as PyO3's features ask: under that and all later ones, the extension
    /// promises to load. Of `expected`, the interpreter's version and build matter.
    pub fn stable_abi(&self, expected: &Expectation) -> Option<PythonVersion> {
        let python = expected.expected_python()?;
        let threading = expected.expected_threading().unwrap_or(Threading::Gil);
        let pyo3 = self.cargo.as_ref()?.pyo3.as_ref()?;
        match pyo3.stable_abi_under(python, threading)? {
            StableAbi::Since(oldest) => Some(oldest.min(python)),
            StableAbi::OfInterpreter => Some(python),
        }
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

/// Where the crate is: where setuptools-rust's `path` says, else where maturin looks for it.
fn crate_manifest(texts: &Texts, pyproject: Option<&PyprojectManifest>) -> String {
    let of_setuptools = pyproject.and_then(|pyproject| pyproject.setuptools_rust.as_ref());
    let manifest_path = pyproject.and_then(|pyproject| pyproject.manifest_path.as_deref());
    layout::crate_manifest(
        manifest_path.or(of_setuptools.map(|module| &*module.path)),
        pyproject.and_then(|pyproject| pyproject.python_source.as_deref()),
        pyproject.and_then(|pyproject| pyproject.name.as_deref()),
        &|path| texts.contains_key(path),
    )
}

/// The lock file: the crate's own, else that of its workspace. A crate that the workspace excludes has its own.
fn lock_file(texts: &Texts, manifest: &str, workspace: Option<&Workspace>) -> String {
    let beside = |manifest: &str| join(directory(manifest), "Cargo.lock");
    let own = beside(manifest);
    workspace
        .map(|workspace| beside(&workspace.path))
        .into_iter()
        .chain(["Cargo.lock".to_owned()])
        .find(|other| !texts.contains_key(&own) && texts.contains_key(other))
        .unwrap_or(own)
}

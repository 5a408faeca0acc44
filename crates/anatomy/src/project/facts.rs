//! The facts about a project.

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

/// Since this minor version, PyO3 respects its features even with a configuration file.
const FIRST_WITH_FEATURES_BESIDE_FILE: u32 = 23;

/// The result of inspecting a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectInspection {
    /// What the project is.
    pub facts: ProjectFacts,
    /// What's wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// The facts about a project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProjectFacts {
    /// The crate's manifest, with its path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cargo: Option<CargoManifest>,
    /// `pyproject.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pyproject: Option<PyprojectManifest>,
    /// PyO3's packages in `Cargo.lock`.
    pub locked: Vec<LockedPackage>,
    /// The modules that are compiled in.
    pub pymodules: Vec<PyModule>,
    /// Modules in files that no `mod` declares.
    pub unreached_pymodules: Vec<PyModule>,
    /// The `#[pyfunction]`s.
    pub pyfunctions: Vec<PyFunction>,
    /// The manifests that aren't valid TOML, so nothing is known about them.
    pub broken: Vec<BrokenManifest>,
    /// The lock file's path, whether it exists or not.
    #[serde(skip)]
    pub(crate) lock_path: String,
    /// Whether every source was understood, so that anything not found doesn't exist.
    #[serde(skip)]
    pub(crate) is_whole: bool,
}

/// What determines the name that the extension is imported by. maturin uses `module-name`, otherwise the library's name
/// if set, otherwise the project's, otherwise the package's; setuptools-rust uses `target`.
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
    /// The file, the section and the key; no file if it's the crate's manifest.
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
    /// Reads only the manifests and the lock file.
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

    /// The last part of the name that the extension is imported by, and what determines it.
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
        // Any other build tool may name the library's file as it likes.
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

    /// Whether the manifests determine the name that Python imports the library by, and not just the name that cargo
    /// builds it with.
    pub fn names_decide(&self) -> bool {
        self.pyproject
            .as_ref()
            .is_some_and(|pyproject| pyproject.is_maturin() || pyproject.setuptools_rust.is_some())
    }

    /// Whether this is a PyO3 extension: the crate depends on it, and maturin isn't configured for other bindings.
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

    /// The Python whose stable ABI to build for, if PyO3's configuration file has to say so: before 0.23 it ignores its
    /// features when there's such a file. Uses the interpreter's version and build from `expected`.
    pub fn stable_abi_beside_config_file(&self, expected: &Expectation) -> Option<PythonVersion> {
        let release = self.locked_pyo3().and_then(Pyo3Release::of)?;
        if release.minor() >= FIRST_WITH_FEATURES_BESIDE_FILE {
            return None;
        }
        self.stable_abi(expected)
    }

    /// The Python whose stable ABI PyO3's features select: the extension promises to load on that version and later.
    /// Uses the interpreter's version and build from `expected`.
    pub fn stable_abi(&self, expected: &Expectation) -> Option<PythonVersion> {
        let python = expected.expected_python()?;
        let threading = expected.expected_threading().unwrap_or(Threading::Gil);
        let pyo3 = self.cargo.as_ref()?.pyo3.as_ref()?;
        match pyo3.stable_abi_under(python, threading)? {
            StableAbi::Since(oldest) => Some(oldest.min(python)),
            StableAbi::OfInterpreter => Some(python),
        }
    }

    /// The PyO3 version in the lock file, if there's just one.
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

/// The crate's location: setuptools-rust's `path`, otherwise where maturin looks for it.
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

/// The lock file: the crate's own, otherwise its workspace's. A crate that the workspace excludes has its own.
fn lock_file(texts: &Texts, manifest: &str, workspace: Option<&Workspace>) -> String {
    let next_to = |manifest: &str| join(directory(manifest), "Cargo.lock");
    let own = next_to(manifest);
    workspace
        .map(|workspace| next_to(&workspace.path))
        .into_iter()
        .chain(["Cargo.lock".to_owned()])
        .find(|other| !texts.contains_key(&own) && texts.contains_key(other))
        .unwrap_or(own)
}

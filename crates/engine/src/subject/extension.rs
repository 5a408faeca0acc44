//! An extension module, as its manifests describe it.

use std::path::{Path, PathBuf};

use anatomy::project::layout;

use crate::manifest::{CargoToml, Maturin, Pyproject};
use crate::subject::{Distribution, PythonTests};
use crate::system::{System, SystemExt};

/// Which Rust tests of an extension's crate are run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RustTests {
    /// Whether its sources contain unit tests.
    pub units: bool,
    /// Its integration tests, by the names of their targets.
    pub integration: Vec<String>,
    /// Whether `cargo test` runs examples in its documentation.
    pub examples: bool,
}

impl RustTests {
    /// Whether there are any.
    pub fn any(&self) -> bool {
        self.units || self.examples || !self.integration.is_empty()
    }
}

/// A Python extension module written in Rust.
#[derive(Debug, Clone)]
pub struct Extension {
    /// The `Cargo.toml` of the crate.
    pub manifest: PathBuf,
    /// The package's name, which identifies the crate in a workspace.
    pub package: Option<String>,
    /// The name of the library target, which is the stem of the file that cargo builds.
    pub library: String,
    /// The full import name of the module, possibly dotted.
    pub module: String,
    /// Its metadata, if the manifests have them.
    pub distribution: Option<Distribution>,
    /// Whether the module is alone, without Python sources around it.
    pub is_alone: bool,
    /// Whether the manifest asks for a `cdylib`.
    pub makes_cdylib: bool,
    /// The crate types that the manifest names.
    pub crate_types: Vec<String>,
    /// The settings in `[tool.maturin]`.
    pub options: Maturin,
    /// The Python tests.
    pub tests: PythonTests,
    /// Which Rust tests the crate has.
    pub rust_tests: RustTests,
}

impl Extension {
    /// Whether the crate is built with cargo's defaults, so that one call of cargo can build it together with others.
    pub fn is_built_plainly(&self) -> bool {
        let options = &self.options;
        self.makes_cdylib
            && options.features.is_empty()
            && !options.all_features
            && !options.no_default_features
            && options.editable_profile.is_none()
            && options.rustc_args.is_empty()
            && options.config.is_empty()
            && !options.locked
            && !cfg!(target_os = "macos")
    }

    /// Whether the library that is exposed comes from cargo's ordinary build, so that what the examples need is built already.
    pub(crate) fn is_built_for_examples(&self) -> bool {
        self.makes_cdylib
            && self.options.editable_profile.is_none()
            && self.options.rustc_args.is_empty()
    }

    /// Whether a program that looks for plugins, as pytest does at startup, may find one from the project.
    pub(crate) fn has_plugins(&self) -> bool {
        let distribution = self.distribution.as_ref();
        distribution.is_some_and(Distribution::has_plugins)
    }

    /// Whether the project has commands of its own.
    pub(crate) fn has_scripts(&self) -> bool {
        let mut distribution = self.distribution.iter();
        distribution.any(|one| one.scripts().next().is_some())
    }

    /// The last part of the import name, which the init function's name must contain.
    pub fn leaf(&self) -> &str {
        self.module.rsplit('.').next().unwrap_or(&self.module)
    }

    /// The file of the module below a directory on `sys.path`.
    pub fn file_below(&self, dir: &Path, suffix: &str) -> PathBuf {
        let mut path = dir.to_owned();
        path.extend(self.module.split('.'));
        let name = format!("{}{suffix}", self.leaf());
        if self.is_wrapped() {
            return path.join(name);
        }
        path.set_file_name(name);
        path
    }

    /// The `__init__.py` for a module that is alone. maturin installs such a module in a package with the same name, which
    /// re-exports the module's names. A test must see the same, whichever tool installed the module.
    pub fn wrapper(&self) -> Option<String> {
        let name = self.leaf();
        self.is_wrapped().then(|| {
            format!(
                "from .{name} import *\n\n__doc__ = {name}.__doc__\n\
                 if hasattr({name}, \"__all__\"):\n    __all__ = {name}.__all__\n"
            )
        })
    }

    fn is_wrapped(&self) -> bool {
        self.is_alone && !self.module.contains('.')
    }
}

/// The import name that maturin gives the module: `tool.maturin.module-name`, otherwise `lib.name`, otherwise the project's name,
/// otherwise the crate's. In a mixed project, a name without a dot is inside the package of the same name (maturin's guide,
/// "Project layout").
pub(super) fn module_name(
    system: &dyn System,
    cargo: &CargoToml,
    pyproject: &Pyproject,
    python_root: &Path,
) -> Option<String> {
    let named = pyproject
        .maturin()
        .and_then(|options| options.module_name.clone())
        .or_else(|| cargo.explicit_library_name().map(str::to_owned))
        .or_else(|| pyproject.name().map(|name| name.replace('-', "_")))
        .or_else(|| cargo.library_name())?;
    let package = python_root.join(&named);
    if !named.contains('.') && system.is_file(&package.join("__init__.py")) {
        return Some(format!("{named}.{named}"));
    }
    match named.split_once('.') {
        // If the package doesn't exist, maturin installs only the last part.
        Some((package, _)) if !system.is_dir(&python_root.join(package)) => {
            named.rsplit('.').next().map(str::to_owned)
        }
        _ => Some(named),
    }
}

/// The directory of the project's Python packages.
pub(super) fn python_root(system: &dyn System, root: &Path, pyproject: &Pyproject) -> PathBuf {
    let source = layout::python_source(
        pyproject
            .maturin()
            .and_then(|options| options.python_source.as_deref()),
        pyproject.name(),
        &|path| system.is_file(&root.join(path)),
    );
    if source.is_empty() {
        root.to_owned()
    } else {
        root.join(source)
    }
}

/// Where the crate's manifest is.
pub(super) fn crate_manifest(system: &dyn System, root: &Path, pyproject: &Pyproject) -> PathBuf {
    let options = pyproject.maturin();
    root.join(layout::crate_manifest(
        options.and_then(|options| options.manifest_path.as_deref()),
        options.and_then(|options| options.python_source.as_deref()),
        pyproject.name(),
        &|path| system.is_file(&root.join(path)),
    ))
}

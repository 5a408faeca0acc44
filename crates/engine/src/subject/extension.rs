//! What the manifests say of an extension module.

use std::path::{Path, PathBuf};

use anatomy::project::layout;

use crate::manifest::{CargoToml, Maturin, Pyproject};
use crate::subject::{Distribution, PythonTests};
use crate::system::{System, SystemExt};

/// Which Rust tests of an extension's crate are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RustTests {
    /// Whether its sources hold unit tests.
    pub units: bool,
    /// Whether `cargo test` runs examples in its documentation.
    pub examples: bool,
}

impl RustTests {
    /// Whether there are any.
    pub fn any(self) -> bool {
        self.units || self.examples
    }
}

/// A Python extension module in Rust, as its manifests describe it.
#[derive(Debug, Clone)]
pub struct Extension {
    /// The `Cargo.toml` of the crate.
    pub manifest: PathBuf,
    /// The package's name, by which a workspace knows the crate.
    pub package: Option<String>,
    /// The name of the library target, which is the stem of the file that cargo builds.
    pub library: String,
    /// The full import name of the module, possibly dotted.
    pub module: String,
    /// What its metadata say, where the manifests do.
    pub distribution: Option<Distribution>,
    /// Whether the module stands alone, without Python sources around it.
    pub is_alone: bool,
    /// Whether the manifest asks for a `cdylib`.
    pub makes_cdylib: bool,
    /// The crate types that the manifest names.
    pub crate_types: Vec<String>,
    /// What `[tool.maturin]` asks for.
    pub options: Maturin,
    /// The Python tests.
    pub tests: PythonTests,
    /// Which Rust tests the crate has.
    pub rust_tests: RustTests,
}

impl Extension {
    /// Whether the crate is built as cargo builds it by default, so that one call of cargo can build it with others.
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

    /// Whether cargo's ordinary build of the library is the one that is exposed, so that examples find what they need built.
    pub(crate) fn is_built_for_examples(&self) -> bool {
        self.makes_cdylib
            && self.options.editable_profile.is_none()
            && self.options.rustc_args.is_empty()
    }

    /// Whether a program that looks for plugins, as pytest does when it starts, may find one of the project's.
    pub(crate) fn has_plugins(&self) -> bool {
        let distribution = self.distribution.as_ref();
        distribution.is_some_and(Distribution::has_plugins)
    }

    /// Whether the project has commands of its own.
    pub(crate) fn has_scripts(&self) -> bool {
        let mut distribution = self.distribution.iter();
        distribution.any(|one| one.scripts().next().is_some())
    }

    /// The last part of the import name, which the init function must carry.
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

    /// What maturin installs for a module that stands alone is a package of the same name that passes on what the module
    /// holds. What a test sees must not depend on which tool put the module there.
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

/// The import name that maturin gives the module: `tool.maturin.module-name`, else `lib.name`, else the project's
/// name, else the crate's. In a mixed project an undotted name is inside the package of the same name (maturin's guide,
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
        // Without the package there is nothing to put it into, and maturin installs the last part alone.
        Some((package, _)) if !system.is_dir(&python_root.join(package)) => {
            named.rsplit('.').next().map(str::to_owned)
        }
        _ => Some(named),
    }
}

/// The directory that holds the project's Python packages.
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

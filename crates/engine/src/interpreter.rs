//! Python interpreters: their properties, and where to find them.

mod ask;
mod expectation;
mod find;
mod in_use;
mod probe;

use std::path::PathBuf;

use pep440_rs::{Version, VersionSpecifiers};
use serde::{Deserialize, Serialize};

pub use ask::PATIENCE;
pub use environments::interpreter_in as in_environment;
pub use find::{Interpreters, NoInterpreter};
pub use in_use::InUse;
pub(crate) use probe::{probe, probe_within};

/// The oldest CPython that `wr` supports, as (major, minor).
pub const OLDEST_SUPPORTED: (u32, u32) = (3, 11);

/// An interpreter, as it described itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about a build of Python, from `sysconfig`"
)]
pub struct Interpreter {
    /// The program, with links as the interpreter itself reports it (`sys.executable`).
    pub executable: PathBuf,
    /// The program behind it with all links resolved: in a virtual environment, the interpreter that the environment was created
    /// from. Two programs with the same base are the same interpreter.
    pub base: PathBuf,
    /// The implementation, such as `CPython`.
    pub implementation: String,
    /// The version as (major, minor, micro).
    pub version: (u32, u32, u32),
    /// The file suffixes of extension modules, the most specific first (`importlib.machinery.EXTENSION_SUFFIXES`).
    pub suffixes: Vec<String>,
    /// The width of a pointer in bits.
    pub pointer_width: u32,
    /// The machine, such as `x86_64` (`platform.machine()`).
    pub machine: String,
    /// Whether the interpreter was built without the global interpreter lock (PEP 703).
    pub free_threaded: bool,
    /// Whether it is a debug build (`Py_DEBUG`).
    pub debug: bool,
    /// Whether its own program uses a shared libpython (`Py_ENABLE_SHARED`).
    pub shared: bool,
    /// The directory of libpython (`LIBDIR`), if known.
    pub library_dir: Option<PathBuf>,
    /// The file name of libpython (`LDLIBRARY`), if known.
    pub library: Option<String>,
    /// Whether it can create virtual environments with pip in them.
    pub has_ensurepip: bool,
    /// What has to be linked along with a static libpython (`LIBS` and `SYSLIBS`).
    pub link_with: String,
}

impl Interpreter {
    /// The version for comparisons with `requires-python`.
    pub fn pep440(&self) -> Version {
        let (major, minor, micro) = self.version;
        Version::new([u64::from(major), u64::from(minor), u64::from(micro)])
    }

    /// The version in its usual form.
    pub fn version_text(&self) -> String {
        let (major, minor, micro) = self.version;
        format!("{major}.{minor}.{micro}")
    }

    /// Whether `wr` supports it at all.
    pub fn is_supported(&self) -> bool {
        self.implementation == "CPython" && (self.version.0, self.version.1) >= OLDEST_SUPPORTED
    }

    /// Whether it satisfies a project's `requires-python` (PEP 621; PEP 440 decides).
    pub fn satisfies(&self, required: Option<&VersionSpecifiers>) -> bool {
        required.is_none_or(|required| required.contains(&self.pep440()))
    }

    /// The file of libpython, if its name is known; it needn't exist.
    pub fn library_file(&self) -> Option<PathBuf> {
        Some(self.library_dir.as_ref()?.join(self.library.as_ref()?))
    }

    /// The file suffix of an extension module built only for this interpreter.
    pub fn extension_suffix(&self) -> &str {
        self.suffixes.first().map_or(".so", String::as_str)
    }
}

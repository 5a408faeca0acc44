//! What a binary asks of others.

use serde::Serialize;

use super::library;
use crate::python_api::PythonApi;

/// A symbol that a binary uses and does not define.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Import {
    /// The symbol's name, without the underscore that Mach-O puts before it; `#7` where a DLL's function is asked for by its
    /// number alone.
    pub name: String,
    /// The number by which a DLL's function is asked for; PE only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u16>,
    /// The library that must have it, where the format says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// The version of it that is asked for, such as `GLIBC_2.34`; ELF only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Whether the binary loads without it.
    pub weak: bool,
}

impl Import {
    /// Whether the symbol belongs to Python's C API: `Py…` or `_Py…`. The names of `PyPy` begin with `PyPy`. Where the format
    /// says which library has it, that has to be Python: others call their functions so as well.
    pub fn is_python(&self) -> bool {
        let is_of_another = self.version.is_none()
            && self
                .library
                .as_ref()
                .is_some_and(|library| !library::is_libpython(library));
        if is_of_another {
            return false;
        }
        let name = self.name.strip_prefix('_').unwrap_or(&self.name);
        name.strip_prefix("Py").is_some_and(|rest| {
            rest.starts_with(|next: char| next == '_' || next.is_ascii_uppercase())
        })
    }

    /// Whether a function of Python's library is asked for by its number.
    pub fn is_python_by_number(&self) -> bool {
        self.ordinal.is_some()
            && self
                .library
                .as_ref()
                .is_some_and(|library| library::is_libpython(library))
    }

    /// Whether the symbol is Python's own business, which may change or vanish in any release.
    pub fn is_private(&self) -> bool {
        self.is_python() && self.name.starts_with('_')
    }
}

/// What imports ask of Python's C API.
pub(crate) fn python_api(imports: &[Import]) -> PythonApi {
    let of_python = imports.iter().filter(|import| import.is_python());
    PythonApi::of(of_python.map(|import| (import.name.as_str(), import.weak)))
}

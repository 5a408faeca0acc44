//! What an extension needs from Python's C API, compared with the stable ABI.

mod exports;
mod offered;
mod pyo3_features;
mod pyo3_releases;
mod stable_abi;

pub use exports::exported_by;
pub use offered::OfferedSymbols;
pub use pyo3_features::{CONVERSIONS, Conversion};
pub use pyo3_releases::{Pyo3Release, minor_of, pyo3_releases};
pub use stable_abi::{
    StableSymbol, opaque_in_abi3t, stable_abi_source, stable_symbol, stable_symbols,
};

pub(crate) use exports::offers;

use serde::Serialize;

use crate::target::PythonVersion;

/// The first Python with a stable ABI for free-threaded builds, `abi3t` (PEP 803).
pub(crate) const FIRST_ABI3T: PythonVersion = PythonVersion::new(3, 15);

/// The part of Python's C API that a symbol belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "belongs_to", rename_all = "snake_case")]
pub enum Membership {
    /// The stable ABI (PEP 384): the symbol stays in every later version.
    StableAbi {
        /// The version of the stable ABI that added it. The symbol itself may be older.
        since: PythonVersion,
        /// Whether it's only kept for the ABI, and no longer meant for new code.
        abi_only: bool,
    },
    /// The version-specific C API, which may change from one version to the next.
    FullApi,
    /// Private to Python: `_Py…`.
    Private,
    /// `PyPy`'s C API, whose names start with `PyPy`.
    PyPy,
}

/// A symbol that a binary imports from Python's C API.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PythonSymbol {
    /// Its name.
    pub name: String,
    /// The part of the C API it belongs to.
    #[serde(flatten)]
    pub membership: Membership,
    /// Whether the binary loads without it.
    pub weak: bool,
}

/// What a binary imports from Python's C API.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PythonApi {
    /// All symbols, in the binary's order.
    pub symbols: Vec<PythonSymbol>,
    /// The oldest stable ABI version that has every symbol; `None` if any symbol is outside it, or there are no
    /// symbols.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stable_abi: Option<PythonVersion>,
}

impl PythonApi {
    /// Classifies the Python symbols that a binary imports: the name of each, and whether it's weak.
    pub(crate) fn of<'name>(imports: impl IntoIterator<Item = (&'name str, bool)>) -> Self {
        let symbols: Vec<PythonSymbol> = imports
            .into_iter()
            .map(|(name, weak)| PythonSymbol {
                name: name.to_owned(),
                membership: membership(name),
                weak,
            })
            .collect();
        let needed = symbols.iter().filter(|symbol| !symbol.weak);
        let versions: Option<Vec<PythonVersion>> = needed.map(PythonSymbol::stable_since).collect();
        Self {
            stable_abi: versions.and_then(|versions| versions.into_iter().max()),
            symbols,
        }
    }

    /// The required symbols that are outside the stable ABI.
    pub fn outside_stable_abi(&self) -> impl Iterator<Item = &PythonSymbol> {
        self.symbols
            .iter()
            .filter(|symbol| !symbol.weak && symbol.stable_since().is_none())
    }

    /// The private symbols among them.
    pub fn private(&self) -> impl Iterator<Item = &PythonSymbol> {
        self.symbols
            .iter()
            .filter(|symbol| symbol.membership == Membership::Private)
    }
}

impl PythonSymbol {
    /// The version of the stable ABI that added the symbol.
    pub fn stable_since(&self) -> Option<PythonVersion> {
        match self.membership {
            Membership::StableAbi { since, .. } => Some(since),
            _ => None,
        }
    }

    /// The version of the free-threaded stable ABI, `abi3t`, that has the symbol. It exists since 3.15 and has all the
    /// symbols of the other one (PEP 803); the difference is the layout of objects, which symbols don't show.
    pub fn free_threaded_stable_since(&self) -> Option<PythonVersion> {
        self.stable_since().map(|since| since.max(FIRST_ABI3T))
    }
}

/// The condition on symbols that only a debug build of Python has: code compiled for a debug build doesn't load
/// anywhere else, whatever the stable ABI's list says.
const DEBUG_BUILD: &str = "Py_REF_DEBUG";

fn membership(name: &str) -> Membership {
    if let Some(symbol) = stable_symbol(name)
        && symbol.condition != Some(DEBUG_BUILD)
    {
        return Membership::StableAbi {
            since: symbol.since,
            abi_only: symbol.abi_only,
        };
    }
    if name.starts_with("PyPy") || name.starts_with("_PyPy") {
        Membership::PyPy
    } else if name.starts_with('_') {
        Membership::Private
    } else {
        Membership::FullApi
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_symbol_decides() {
        let api = PythonApi::of([
            ("PyList_New", false),
            ("PyType_GetName", false),
            ("PyFrame_GetLasti", true),
        ]);
        assert_eq!(api.symbols.len(), 3);
        assert_eq!(api.stable_abi, Some(PythonVersion::new(3, 11)));
        assert_eq!(api.outside_stable_abi().count(), 0);
    }

    #[test]
    fn the_free_threaded_stable_abi_started_later() {
        let api = PythonApi::of([("PyList_New", false), ("_PyLong_Sign", false)]);
        let since = |at: usize| api.symbols[at].free_threaded_stable_since();
        assert_eq!(since(0), Some(PythonVersion::new(3, 15)));
        assert_eq!(since(1), None);
    }

    #[test]
    fn symbols_of_debug_builds_are_outside_the_stable_abi() {
        let api = PythonApi::of([("_Py_NegativeRefcount", false)]);
        assert_eq!(api.stable_abi, None);
        assert_eq!(api.outside_stable_abi().count(), 1);
    }

    #[test]
    fn one_symbol_outside_is_enough() {
        let api = PythonApi::of([("PyList_New", false), ("_PyLong_Sign", false)]);
        assert_eq!(api.stable_abi, None);
        assert_eq!(api.private().count(), 1);
        assert_eq!(PythonApi::of([]).stable_abi, None);
    }
}

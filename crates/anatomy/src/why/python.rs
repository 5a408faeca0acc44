//! What keeps a binary from using a stable ABI, or an older version of it, and what to use instead.

use std::fmt;

use memchr::memmem;
use serde::Serialize;

use super::replacements::replacement;
use crate::facts::{Image, InitProtocol};
use crate::python_api::{FIRST_ABI3T, Membership, PythonSymbol};
use crate::target::PythonVersion;

/// The stable ABI that someone would like to build for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Goal {
    /// `abi3`: for a specific version, or for any.
    Abi3(Option<PythonVersion>),
    /// `abi3t`, which exists since 3.15 (PEP 803): for a specific version, or for any.
    Abi3t(Option<PythonVersion>),
}

impl Goal {
    /// Parses `abi3`, `abi3t`, `3.11`, `abi3-3.11`, `abi3-py311` and the like.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(version) = version(text) {
            return Some(Self::Abi3(Some(version)));
        }
        let (abi, version) = match text.split_once('-') {
            Some((abi, rest)) => (abi, Some(self::version(rest)?)),
            None => (text, None),
        };
        match abi {
            "abi3" => Some(Self::Abi3(version)),
            "abi3t" if version.is_none_or(|version| version >= FIRST_ABI3T) => {
                Some(Self::Abi3t(version))
            }
            _ => None,
        }
    }

    /// The requested version, if any.
    pub fn version(self) -> Option<PythonVersion> {
        match self {
            Self::Abi3(version) | Self::Abi3t(version) => version,
        }
    }

    /// The newest stable ABI that's acceptable. If any is, the oldest maintained Python determines which replacements
    /// are suggested.
    fn limit(self) -> PythonVersion {
        match self {
            Self::Abi3(version) => version.unwrap_or(PythonVersion::new(3, 11)),
            Self::Abi3t(version) => version.unwrap_or(FIRST_ABI3T),
        }
    }

    fn admits(self, symbol: &PythonSymbol) -> bool {
        let since = match self {
            Self::Abi3(_) => symbol.stable_since(),
            Self::Abi3t(_) => symbol.free_threaded_stable_since(),
        };
        since.is_some_and(|since| self.version().is_none_or(|limit| since <= limit))
    }
}

/// A Python 3 version as people and crate features write it.
fn version(text: &str) -> Option<PythonVersion> {
    let found = match text.strip_prefix("py") {
        Some(digits) => PythonVersion::from_digits(digits),
        None => PythonVersion::parse(text),
    };
    found.filter(|version| version.major == 3 && version.minor >= 2)
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Abi3(_) => "abi3",
            Self::Abi3t(_) => "abi3t",
        };
        match self.version() {
            Some(version) => write!(f, "{name} of Python {version}"),
            None => f.write_str(name),
        }
    }
}

impl Serialize for Goal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = match self {
            Self::Abi3(_) => "abi3",
            Self::Abi3t(_) => "abi3t",
        };
        match self.version() {
            Some(version) => serializer.collect_str(&format_args!("{name}-{version}")),
            None => serializer.serialize_str(name),
        }
    }
}

/// A symbol that the goal doesn't have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obstacle {
    /// Its name.
    pub symbol: String,
    /// The part of the C API it belongs to.
    #[serde(flatten)]
    pub membership: Membership,
    /// The replacement within the goal, if known.
    pub replacement: Option<&'static str>,
}

/// What keeps a binary from using a stable ABI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PythonFloor {
    /// The requested stable ABI.
    pub goal: Goal,
    /// The number of symbols it needs from Python's C API.
    pub symbols: usize,
    /// The oldest stable ABI that has them all; `None` if any is outside.
    pub stable_abi: Option<PythonVersion>,
    /// Symbols that the goal doesn't have, sorted: first those outside every stable ABI, then by the version that added
    /// them.
    pub obstacles: Vec<Obstacle>,
    /// The oldest stable ABI that has all the others.
    pub without_obstacles: Option<PythonVersion>,
    /// The symbols that this version added, sorted.
    pub newest_symbols: Vec<String>,
    /// Init functions that the goal can't use. With `abi3t` the structure that `PyInit_…` returns has no known layout,
    /// so an extension has to export `PyModExport_…` (PEP 803, PEP 793).
    pub init_functions: Vec<String>,
    /// The Python library it's linked with, if it belongs to a single version.
    pub library_of_one_version: Option<String>,
    /// What generated the code around Python's C API, as far as that's visible.
    pub binding: Option<Binding>,
}

impl PythonFloor {
    /// Whether nothing visible in the symbols is in the way.
    pub fn is_reached(&self) -> bool {
        self.obstacles.is_empty()
            && self.init_functions.is_empty()
            && self.library_of_one_version.is_none()
    }
}

/// What generated the code around Python's C API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Binding {
    /// This PyO3 version.
    Pyo3 {
        /// The version.
        version: String,
    },
    /// Cython.
    Cython,
    /// pybind11.
    Pybind11,
    /// nanobind.
    Nanobind,
    /// CFFI.
    Cffi,
    /// SWIG.
    Swig,
}

/// Compares what a binary needs from Python with a stable ABI.
pub fn python_floor(image: &Image, goal: Goal, binding: Option<Binding>) -> PythonFloor {
    let needed: Vec<&PythonSymbol> = image
        .python_api
        .symbols
        .iter()
        .filter(|symbol| !symbol.weak)
        .collect();
    let (admitted, refused): (Vec<&PythonSymbol>, Vec<&PythonSymbol>) = needed
        .iter()
        .copied()
        .partition(|symbol| goal.admits(symbol));
    let mut obstacles: Vec<Obstacle> = refused
        .into_iter()
        .map(|symbol| Obstacle {
            symbol: symbol.name.clone(),
            membership: symbol.membership,
            replacement: replacement(&symbol.name, goal.limit()),
        })
        .collect();
    obstacles.sort_by(|one, other| order(one).cmp(&order(other)));
    obstacles.dedup();
    let since = |symbol: &PythonSymbol| match goal {
        Goal::Abi3(_) => symbol.stable_since(),
        Goal::Abi3t(_) => symbol.free_threaded_stable_since(),
    };
    let newest = admitted.iter().filter_map(|symbol| since(symbol)).max();
    let mut newest_symbols: Vec<String> = admitted
        .iter()
        .filter(|symbol| symbol.stable_since() == newest)
        .map(|symbol| symbol.name.clone())
        .collect();
    newest_symbols.sort();
    PythonFloor {
        goal,
        symbols: needed.len(),
        stable_abi: image.python_api.stable_abi,
        obstacles,
        without_obstacles: newest,
        newest_symbols,
        init_functions: unusable_init_functions(image, goal),
        library_of_one_version: image
            .libpython()
            .filter(|library| library.python_version().is_some())
            .map(|library| library.name.clone()),
        binding,
    }
}

fn order(obstacle: &Obstacle) -> (bool, Option<PythonVersion>, &str) {
    let since = match obstacle.membership {
        Membership::StableAbi { since, .. } => Some(since),
        _ => None,
    };
    (since.is_some(), since, &obstacle.symbol)
}

/// The init functions of modules that the goal can't use.
fn unusable_init_functions(image: &Image, goal: Goal) -> Vec<String> {
    let serves = |protocol: InitProtocol| match goal {
        Goal::Abi3t(_) => protocol == InitProtocol::Export,
        Goal::Abi3(limit) => {
            limit.is_none_or(|limit| protocol.first_python().is_none_or(|first| first <= limit))
        }
    };
    image
        .init_functions
        .iter()
        .filter(|function| {
            let same_module = image
                .init_functions
                .iter()
                .filter(|other| other.module == function.module);
            !serves(function.protocol) && !same_module.map(|other| other.protocol).any(serves)
        })
        .map(|function| function.symbol.clone())
        .collect()
}

/// What generated the code around Python's C API, based on names it leaves in the binary.
pub fn binding(bytes: &[u8], image: &Image) -> Option<Binding> {
    if let Some(version) = image.provenance.pyo3() {
        return Some(Binding::Pyo3 {
            version: version.to_owned(),
        });
    }
    // Each is the name of an attribute or type that the generated code registers with Python, so stripping doesn't
    // remove it.
    [
        ("__nb_internals_v", Binding::Nanobind),
        ("nanobind.nb_func", Binding::Nanobind),
        ("__pybind11_internals_v", Binding::Pybind11),
        ("pybind11_object", Binding::Pybind11),
        ("cython_runtime", Binding::Cython),
        ("_cffi_backend", Binding::Cffi),
        ("swig_runtime_data", Binding::Swig),
    ]
    .into_iter()
    .find(|(mark, _)| memmem::find(bytes, mark.as_bytes()).is_some())
    .map(|(_, binding)| binding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_are_parsed_as_people_and_features_write_them() {
        let goal = |text: &str| Goal::parse(text).map(|goal| goal.to_string());
        assert_eq!(goal("abi3").as_deref(), Some("abi3"));
        assert_eq!(goal("3.11").as_deref(), Some("abi3 of Python 3.11"));
        assert_eq!(goal("abi3-py39").as_deref(), Some("abi3 of Python 3.9"));
        assert_eq!(goal("abi3-3.12").as_deref(), Some("abi3 of Python 3.12"));
        assert_eq!(goal("abi3t").as_deref(), Some("abi3t"));
        assert_eq!(goal("abi3t-3.15").as_deref(), Some("abi3t of Python 3.15"));
        for text in ["", "abi4", "2.7", "abi3t-3.14", "abi3-", "glibc", "3.x"] {
            assert_eq!(goal(text), None, "{text}");
        }
    }
}

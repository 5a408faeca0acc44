//! The symbols that each `CPython` exports, including those outside the stable ABI, which come and go.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::{Membership, PythonSymbol};
use crate::target::{Implementation, Python, PythonVersion, System};

const TABLE: &str = include_str!("../../data/python_exports.txt");

/// The minor versions of Python 3 that export a symbol, as ranges.
type Versions = Vec<RangeInclusive<u8>>;

static EXPORTS: LazyLock<HashMap<&'static str, Versions>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut words = row.split(' ');
        Some((words.next()?, words.filter_map(range).collect()))
    })
    .collect()
});

/// The versions that the table covers.
static COVERED: LazyLock<RangeInclusive<u8>> = LazyLock::new(|| {
    TABLE
        .lines()
        .find_map(|line| range(line.strip_prefix("# versions: ")?))
        .unwrap_or(0..=0)
});

/// Parses `3.7-3.15`, or a single version.
fn range(text: &str) -> Option<RangeInclusive<u8>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let minor = |text: &str| Some(PythonVersion::parse(text)?.minor);
    Some(minor(first)?..=minor(last)?)
}

/// The minor versions of `CPython` 3 that are known to export a symbol; `None` if no version exports it.
pub fn exported_by(symbol: &str) -> Option<&'static [RangeInclusive<u8>]> {
    EXPORTS.get(symbol).map(Vec::as_slice)
}

/// Whether a Python exports a symbol to extensions; `None` if unknown. `library` is the one that the binary imports it from, in
/// formats that say so.
pub(crate) fn offers(
    python: Python,
    system: &System,
    symbol: &PythonSymbol,
    library: Option<&str>,
) -> Option<bool> {
    if python.implementation != Implementation::CPython {
        return None;
    }
    let stable = match symbol.membership {
        Membership::StableAbi { since, .. } => Some(since),
        _ => None,
    };
    if let System::Windows(_) = system {
        // The stable ABI library has a symbol since the version that added it to the ABI, although the symbol may be
        // older.
        let is_of_stable_abi = library.is_some_and(|name| {
            name.eq_ignore_ascii_case("python3.dll") || name.eq_ignore_ascii_case("python3t.dll")
        });
        return stable
            .filter(|_| is_of_stable_abi)
            .map(|since| since <= python.version);
    }
    let minor = python.version.minor;
    let (first, last) = (*COVERED.start(), *COVERED.end());
    if minor > last {
        // Stable symbols stay.
        return stable.map(|since| since <= python.version);
    }
    if minor < first {
        return stable
            .filter(|since| *since > python.version)
            .map(|_| false);
    }
    if let Some(versions) = exported_by(&symbol.name) {
        return Some(versions.iter().any(|versions| versions.contains(&minor)));
    }
    // The table comes from Linux builds with the GIL: other builds have additional symbols.
    let is_covered =
        !python.is_free_threaded() && matches!(system, System::Glibc { .. } | System::Musl { .. });
    is_covered.then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python_api::{PythonApi, stable_symbols};

    fn is_offered(name: &str, python: &str, system: &str) -> Option<bool> {
        let library = system.starts_with("win").then_some("python3.dll");
        let api = PythonApi::of([(name, false)]);
        offers(
            python.parse().unwrap(),
            &system.parse().unwrap(),
            &api.symbols[0],
            library,
        )
    }

    #[test]
    fn symbols_come_and_go() {
        let linux = |name: &str, python: &str| is_offered(name, python, "manylinux_2_28_x86_64");
        assert_eq!(linux("PyList_New", "3.8"), Some(true));
        assert_eq!(linux("PyType_GetName", "3.10"), Some(false));
        assert_eq!(linux("PyType_GetName", "3.11"), Some(true));
        // It was added to the stable ABI in 3.10, but is older.
        assert_eq!(linux("PyUnicode_AsUTF8AndSize", "3.8"), Some(true));
        assert_eq!(linux("PyDict_GetItemRef", "3.12"), Some(false));
        assert_eq!(linux("PyDict_GetItemRef", "3.13"), Some(true));
        assert_eq!(linux("_PyErr_NoSuchThing", "3.13"), Some(false));
        assert_eq!(linux("_PyErr_NoSuchThing", "3.13t"), None);
        assert_eq!(linux("PyList_New", "3.40"), Some(true));
        assert_eq!(linux("_PyErr_NoSuchThing", "3.40"), None);
        assert_eq!(linux("PyList_New", "pypy3.11"), None);
    }

    #[test]
    fn windows_follows_the_stable_abi() {
        let windows = |name: &str, python: &str| is_offered(name, python, "win_amd64");
        assert_eq!(windows("PyUnicode_AsUTF8AndSize", "3.9"), Some(false));
        assert_eq!(windows("PyUnicode_AsUTF8AndSize", "3.10"), Some(true));
    }

    #[test]
    fn the_table_is_complete() {
        assert!(*COVERED.end() >= 15 && *COVERED.start() <= 9, "{COVERED:?}");
        assert!(EXPORTS.len() > 2000, "{}", EXPORTS.len());
        for symbol in stable_symbols() {
            let minor = symbol.since.minor;
            let is_everywhere = symbol.condition.is_none() && COVERED.contains(&minor);
            if is_everywhere {
                let versions = exported_by(symbol.name);
                let is_there = |minor: u8| {
                    versions.is_some_and(|ranges| ranges.iter().any(|range| range.contains(&minor)))
                };
                assert!(is_there(minor), "{} since 3.{minor}", symbol.name);
            }
        }
    }
}

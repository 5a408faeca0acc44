//! The table of the stable ABI's symbols, with the version that added each.

use std::sync::LazyLock;

use crate::expectation::PythonVersion;

/// Sorted by name byte by byte, so that it can be searched as it is.
static TABLE: LazyLock<Vec<StableSymbol>> = LazyLock::new(|| {
    let mut symbols: Vec<StableSymbol> = include_str!("../../data/stable_abi.txt")
        .lines()
        .filter_map(parse)
        .collect();
    symbols.sort_unstable_by_key(|symbol| symbol.name);
    symbols
});

/// A symbol of the stable ABI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StableSymbol {
    /// Its name.
    pub name: &'static str,
    /// The version that added it to the stable ABI; 3.2 was the first.
    pub since: PythonVersion,
    /// Whether it is there for the ABI alone, and no longer for new code.
    pub abi_only: bool,
    /// What the interpreter must have been built with to offer it, such as `MS_WINDOWS`.
    pub condition: Option<&'static str>,
}

/// The kind of the rows that are no symbols.
const STRUCTURE: &str = "struct";

fn parse(line: &'static str) -> Option<StableSymbol> {
    let mut words = line.split_ascii_whitespace();
    let name = words.next().filter(|name| !name.starts_with('#'))?;
    let since = PythonVersion::parse(words.next()?)?;
    let _kind = words.next().filter(|kind| *kind != STRUCTURE)?;
    let mut symbol = StableSymbol {
        name,
        since,
        abi_only: false,
        condition: None,
    };
    for word in words {
        match word {
            "abi-only" => symbol.abi_only = true,
            word => symbol.condition = symbol.condition.or(word.strip_prefix("if:")),
        }
    }
    Some(symbol)
}

/// Looks a symbol up in the stable ABI.
pub fn stable_symbol(name: &str) -> Option<StableSymbol> {
    let at = TABLE
        .binary_search_by_key(&name, |symbol| symbol.name)
        .ok()?;
    TABLE.get(at).copied()
}

/// Every symbol of the stable ABI, sorted by name.
pub fn stable_symbols() -> impl Iterator<Item = StableSymbol> {
    TABLE.iter().copied()
}

/// The structures whose layout the stable ABI fixes, and that of free-threaded Pythons does not (PEP 803).
pub fn opaque_in_abi3t() -> impl Iterator<Item = &'static str> {
    include_str!("../../data/stable_abi.txt")
        .lines()
        .filter_map(|line| {
            let words: Vec<&str> = line.split_ascii_whitespace().collect();
            match words.as_slice() {
                [name, _, kind, "opaque-in-abi3t"] if *kind == STRUCTURE => Some(*name),
                _ => None,
            }
        })
}

/// Which publication the table was taken from.
pub fn stable_abi_source() -> &'static str {
    include_str!("../../data/stable_abi.txt")
        .lines()
        .find_map(|line| line.strip_prefix("# version: "))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_when_a_symbol_came() {
        let since = |name| stable_symbol(name).map(|symbol| symbol.since.to_string());
        assert_eq!(since("PyList_New").as_deref(), Some("3.2"));
        assert_eq!(since("PyType_GetName").as_deref(), Some("3.11"));
        assert_eq!(since("PyUnicode_AsUTF8AndSize").as_deref(), Some("3.10"));
        assert_eq!(since("PyUnicode_AsUTF8"), None);
        assert_eq!(since(""), None);
        assert!(stable_symbol("_Py_IncRef").is_some_and(|symbol| symbol.abi_only));
        assert_eq!(
            stable_symbol("PyErr_SetFromWindowsErr").and_then(|symbol| symbol.condition),
            Some("MS_WINDOWS")
        );
    }

    #[test]
    fn a_module_s_definition_has_no_layout_in_abi3t() {
        // Hence what `PyInit_…` returns cannot be read there, and `PyModExport_…` is the only door.
        assert!(opaque_in_abi3t().any(|name| name == "PyModuleDef"));
        assert_eq!(stable_symbol("PyModuleDef"), None);
    }

    #[test]
    fn the_table_is_whole_and_names_its_source() {
        assert!(TABLE.len() > 900, "{}", TABLE.len());
        assert!(TABLE.is_sorted_by(|a, b| a.name < b.name));
        assert!(stable_abi_source().starts_with("abi3info "));
    }
}

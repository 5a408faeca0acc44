//! The table of the stable ABI's symbols, with the version that added each.

use std::cmp::Ordering;

use crate::expectation::PythonVersion;

/// Sorted by name byte by byte, so that it is searched as it stands: to read all of it would take longer than to inspect a
/// small extension.
const TABLE: &str = include_str!("../../data/stable_abi.txt");

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
    let mut rows = rows();
    while !rows.is_empty() {
        // The row in which the middle lies, with those before and after it.
        let start = rows
            .get(..rows.len() / 2)?
            .rfind('\n')
            .map_or(0, |end| end + 1);
        let (before, rest) = rows.split_at_checked(start)?;
        let (row, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let found = row.split(' ').next().unwrap_or_default();
        rows = match name.cmp(found) {
            Ordering::Equal => return parse(row),
            Ordering::Less => before,
            Ordering::Greater => after,
        };
    }
    None
}

/// The table without the comments at its head.
fn rows() -> &'static str {
    let mut rows = TABLE;
    while let Some((_, rest)) = rows
        .strip_prefix('#')
        .and_then(|comment| comment.split_once('\n'))
    {
        rows = rest;
    }
    rows
}

/// Every symbol of the stable ABI, sorted by name.
pub fn stable_symbols() -> impl Iterator<Item = StableSymbol> {
    rows().lines().filter_map(parse)
}

/// The structures whose layout the stable ABI fixes, and that of free-threaded Pythons does not (PEP 803).
pub fn opaque_in_abi3t() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter_map(|line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        match words.as_slice() {
            [name, _, kind, "opaque-in-abi3t"] if *kind == STRUCTURE => Some(*name),
            _ => None,
        }
    })
}

/// Which publication the table was taken from.
pub fn stable_abi_source() -> &'static str {
    TABLE
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
        let names = || rows().lines().filter_map(|row| row.split(' ').next());
        assert!(names().is_sorted_by(|a, b| a < b));
        assert!(stable_symbols().count() > 900);
        for symbol in stable_symbols() {
            assert_eq!(stable_symbol(symbol.name), Some(symbol));
        }
        assert_eq!(stable_symbol("Py"), None);
        assert_eq!(stable_symbol("_Py_zzz"), None);
        assert!(stable_abi_source().starts_with("abi3info "));
    }
}

//! The table of stable ABI symbols, with the version that added each one.

use crate::target::PythonVersion;

/// Sorted by name as bytes, so it can be searched directly: parsing all of it would take longer than inspecting a small
/// extension.
const TABLE: &str = include_str!("../../data/stable_abi.txt");

/// The number of rows, without the comments at the top.
const ROWS: usize = count_rows();

/// Where each row starts.
static STARTS: [usize; ROWS] = starts();

/// Where the row after the one that contains an offset starts, or the table ends.
const fn next_row(mut at: usize) -> usize {
    let table = TABLE.as_bytes();
    while at < table.len() && table[at] != b'\n' {
        at += 1;
    }
    at + 1
}

/// Where the first row starts.
const fn first_row() -> usize {
    let mut at = 0;
    while TABLE.as_bytes()[at] == b'#' {
        at = next_row(at);
    }
    at
}

const fn count_rows() -> usize {
    let (mut at, mut count) = (first_row(), 0);
    while at < TABLE.len() {
        at = next_row(at);
        count += 1;
    }
    count
}

const fn starts() -> [usize; ROWS] {
    let mut starts = [0; ROWS];
    let (mut at, mut row) = (first_row(), 0);
    while row < ROWS {
        starts[row] = at;
        at = next_row(at);
        row += 1;
    }
    starts
}

/// A symbol in the stable ABI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StableSymbol {
    /// Its name.
    pub name: &'static str,
    /// The version that added it to the stable ABI; 3.2 was the first.
    pub since: PythonVersion,
    /// Whether it's only kept for the ABI, and no longer meant for new code.
    pub abi_only: bool,
    /// What the interpreter must be built with to export it, such as `MS_WINDOWS`.
    pub condition: Option<&'static str>,
}

/// The kind of rows that aren't symbols.
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

/// Looks up a symbol in the stable ABI.
pub fn stable_symbol(name: &str) -> Option<StableSymbol> {
    // In a row, a space ends the name. It sorts before every character in names, so rows are sorted with it too.
    let name = [name.as_bytes(), b" "].concat();
    let beginning = |start: usize| {
        let row = TABLE.as_bytes().get(start..).unwrap_or_default();
        row.get(..name.len()).unwrap_or(row)
    };
    let found = STARTS.binary_search_by(|start| beginning(*start).cmp(&name));
    let row = TABLE.get(*STARTS.get(found.ok()?)?..)?;
    parse(row.split('\n').next()?)
}

/// The table without the comments at the top.
fn rows() -> impl Iterator<Item = &'static str> {
    let rows = TABLE.get(first_row()..).unwrap_or_default();
    rows.lines()
}

/// All stable ABI symbols, sorted by name.
pub fn stable_symbols() -> impl Iterator<Item = StableSymbol> {
    rows().filter_map(parse)
}

/// The structures whose layout is fixed by the stable ABI but not by the one for free-threaded Pythons (PEP 803).
pub fn opaque_in_abi3t() -> impl Iterator<Item = &'static str> {
    rows().filter_map(|line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        match words.as_slice() {
            [name, _, kind, "opaque-in-abi3t"] if *kind == STRUCTURE => Some(*name),
            _ => None,
        }
    })
}

/// The source that the table was taken from.
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
    fn knows_when_a_symbol_was_added() {
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
    fn a_module_definition_has_no_layout_in_abi3t() {
        // So what `PyInit_…` returns can't be read there, and `PyModExport_…` is the only usable init function.
        assert!(opaque_in_abi3t().any(|name| name == "PyModuleDef"));
        assert_eq!(stable_symbol("PyModuleDef"), None);
    }

    #[test]
    fn the_table_is_complete_and_names_its_source() {
        let names = || rows().filter_map(|row| row.split(' ').next());
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

//! The table of replacements for functions within the stable ABI.

use crate::target::PythonVersion;

const TABLE: &str = include_str!("../../data/python_replacements.txt");

/// A row in the table.
struct Row {
    symbol: &'static str,
    /// The first stable ABI version where the replacement works.
    from: PythonVersion,
    text: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.splitn(3, " | ");
            Some(Row {
                symbol: parts.next()?,
                from: PythonVersion::parse(parts.next()?)?,
                text: parts.next()?,
            })
        })
}

/// What replaces a symbol in a version's stable ABI; the newest replacement if there are several.
pub(super) fn replacement(symbol: &str, goal: PythonVersion) -> Option<&'static str> {
    rows()
        .filter(|row| row.symbol == symbol && row.from <= goal)
        .max_by_key(|row| row.from)
        .map(|row| row.text)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::python_api::stable_symbol;

    /// Macros, types and flags in the headers that aren't symbols in a library.
    const NO_SYMBOLS: [&str; 9] = [
        "Py_TPFLAGS_MANAGED_DICT",
        "PyModuleDef",
        "Py_mod_gil",
        "Py_TPFLAGS_IMMUTABLETYPE",
        "PY_SSIZE_T_CLEAN",
        "Py_None",
        "Py_INCREF",
        "Py_DECREF",
        "Py_XINCREF",
    ];

    /// The Python C API names in a string.
    fn names(text: &str) -> impl Iterator<Item = &str> {
        text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .filter(|word| {
                let word = word.trim_start_matches('_');
                word.starts_with("Py")
                    && word.contains('_')
                    && !NO_SYMBOLS.iter().any(|known| known == &word)
            })
    }

    #[test]
    fn a_replacement_is_in_the_stable_abi_it_is_suggested_for() {
        let wrong: Vec<String> = rows()
            .flat_map(|row| {
                names(row.text)
                    .filter(|name| stable_symbol(name).is_none_or(|found| found.since > row.from))
                    .map(|name| {
                        let since = stable_symbol(name).map(|found| found.since.to_string());
                        format!("{} from {}: {name} is {since:?}", row.symbol, row.from)
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn replaced_symbols_are_not_in_the_stable_abi_yet() {
        let needless: Vec<&str> = rows()
            .filter(|row| stable_symbol(row.symbol).is_some_and(|found| found.since <= row.from))
            .map(|row| row.symbol)
            .collect();
        assert!(needless.is_empty(), "{needless:?}");
    }

    #[test]
    fn every_line_is_a_row_without_duplicates() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        let distinct: HashSet<_> = rows().map(|row| (row.symbol, row.from)).collect();
        assert_eq!(distinct.len(), lines);
    }

    #[test]
    fn the_newest_usable_replacement_is_chosen() {
        let by = |goal| replacement("PyUnicode_AsUTF8", PythonVersion::new(3, goal)).unwrap();
        assert!(by(11).contains("AsUTF8AndSize"));
        assert!(by(9).contains("AsUTF8String"));
        assert_eq!(replacement("PyList_New", PythonVersion::new(3, 11)), None);
    }
}

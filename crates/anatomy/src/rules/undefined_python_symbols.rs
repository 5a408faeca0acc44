//! The extension needs Python symbols that this interpreter doesn't provide.
//!
//! An extension takes Python's functions from the interpreter that loads it. If it was built for another version or
//! implementation, it asks for functions that don't exist, and the loader says
//!
//! ```text
//! ImportError: /…/fast.so: undefined symbol: PyType_GetName
//! ImportError: dlopen(/…/fast.so, 0x0002): symbol not found in flat namespace '_PyType_GetName'
//! ```
//!
//! If symbols are bound lazily, the error only appears when the function is first called.
//!
//! ## Example
//!
//! An extension built with Python 3.12's headers was renamed or copied so that Python 3.10 finds it. Or it was built
//! for `PyPy`, whose symbols all start with `PyPy`, and imported by `CPython`.
//!
//! ## What to do
//!
//! Rebuild it for the interpreter that should import it: `maturin develop` inside its environment, or `maturin build
//! --interpreter python3.10`. To build one file for several versions, use one of PyO3's `abi3-py3…` features, naming
//! the oldest version: `abi3-py310`. If it was built for this interpreter and a symbol is still missing, your code or a
//! dependency declares the function by hand (`extern "C" { fn PyType_GetName(…); }`); use a function that this Python
//! has.
//!
//! ## Where it is specified
//!
//! [PEP 384](https://peps.python.org/pep-0384/) and Python's manual under [C API
//! stability](https://docs.python.org/3/c-api/stable.html) define what stays the same from version to version.

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::Expectation;
use crate::facts::may_come_from_elsewhere;
use crate::facts::{Facts, Image};
use crate::python_api::{Membership, PythonSymbol, stable_symbol};
use crate::target::Implementation;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0106",
    "undefined-python-symbols",
    include_str!("undefined_python_symbols.rs"),
);

/// The finding lists at most this many symbols.
const SHOWN: usize = 5;

/// What to do about a missing symbol.
pub(crate) fn hint(symbol: &str) -> String {
    let since = stable_symbol(symbol).map_or_else(String::new, |known| {
        format!(
            ", which was added to the stable ABI in Python {}",
            known.since
        )
    });
    format!(
        "rebuild it for the interpreter in use, for example with `maturin develop` in its environment; if it was, some \
         code in it declares `{symbol}` by hand{since}"
    )
}

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let missing = facts.images.iter().find_map(|image| {
        let missing = missing(image, expected);
        (!missing.is_empty()).then_some(missing)
    })?;
    let first = missing.first()?;
    let more = match missing.len() - 1 {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    let interpreter = match (
        expected.expected_implementation(),
        expected.expected_python(),
    ) {
        (_, Some(version)) => format!("Python {version}"),
        (Some(implementation), None) => implementation.to_string(),
        (None, None) => "this interpreter".to_owned(),
    };
    let mut finding = RULE.finding(format!(
        "the extension needs `{}`{more}, which {interpreter} doesn't provide",
        first.name
    ));
    for symbol in missing.iter().take(SHOWN) {
        finding = finding.because(Evidence::Symbol {
            name: symbol.name.clone(),
            binary: expected.artifact(),
        });
    }
    if let Some(newest) = missing
        .iter()
        .filter_map(|symbol| symbol.stable_since())
        .max()
        && expected
            .expected_python()
            .is_some_and(|version| version < newest)
    {
        finding = finding.because(Evidence::mismatch(
            "Python version",
            format!("{newest} or later, where these symbols are part of the stable ABI"),
            interpreter,
        ));
    }
    Some(finding.hint(hint(&first.name)))
}

fn missing<'image>(image: &'image Image, expected: &Expectation) -> Vec<&'image PythonSymbol> {
    let api = &image.python_api;
    let is_for_pypy = api
        .symbols
        .iter()
        .any(|symbol| symbol.membership == Membership::PyPy);
    let is_foreign = |symbol: &PythonSymbol| match expected.expected_implementation() {
        Some(Implementation::CPython) => symbol.membership == Membership::PyPy,
        // Only names that both implementations have show that the extension was built for the other one. PyPy has some
        // of them under their plain names too, and extensions built for PyPy use both kinds.
        Some(Implementation::PyPy) => !is_for_pypy && symbol.stable_since().is_some(),
        _ => false,
    };
    let from_elsewhere = may_come_from_elsewhere(&image.libraries);
    api.symbols
        .iter()
        .filter(|symbol| !symbol.weak)
        .filter(|symbol| {
            is_foreign(symbol)
                || expected.expected_offered().is_some_and(|offered| {
                    let is_pythons = symbol.stable_since().is_some() || !from_elsewhere;
                    is_pythons && !offered.contains(&symbol.name)
                })
        })
        .collect()
}

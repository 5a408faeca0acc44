//! The init function's name doesn't match the module's name.
//!
//! When Python imports `fast` from a shared library, it looks for an exported function called `PyInit_fast` (or, since
//! Python 3.15, `PyModExport_fast`). The library has an init function, but for a module with a different name, so the
//! import fails with
//!
//! ```text
//! ImportError: dynamic module does not define module export function (PyInit_fast)
//! ```
//!
//! Three names have to agree: the name of the `#[pymodule]` function (or what `#[pyo3(name = "…")]` replaces it with),
//! the file name up to its first dot, and the last part of the name you import. They drift apart when the crate is
//! renamed, when `[lib] name` and the function differ, or when the file is copied from Cargo's target directory without
//! dropping its `lib` prefix.
//!
//! ## Example
//!
//! ```rust,ignore
//! // Cargo.toml: [lib] name = "fast"
//! #[pymodule]
//! fn fats(m: &Bound<'_, PyModule>) -> PyResult<()> { Ok(()) }
//! ```
//!
//! exports `PyInit_fats`, but `import fast` looks for `PyInit_fast`.
//!
//! ## What to do
//!
//! Use the same name in all three places: rename the `#[pymodule]` function, write `#[pyo3(name = "fast")]` on it, or
//! set `[lib] name` in `Cargo.toml` or `module-name` under `[tool.maturin]` in `pyproject.toml`. If the file only kept
//! its `lib` prefix, rename the file.
//!
//! ## Where it is specified
//!
//! [PEP 489](https://peps.python.org/pep-0489/#export-hook-name) defines how the function's name follows from the
//! module's, and [PEP 793](https://peps.python.org/pep-0793/) adds `PyModExport_`; see also PyO3's guide under [Python
//! modules](https://pyo3.rs/latest/module.html).

use std::collections::HashSet;

use diagnostic::{Diagnostic, Evidence, Rule, some};

use crate::expectation::Expectation;
use crate::facts::{Facts, InitFunction};

/// The message lists at most this many init functions.
const SHOWN: usize = 5;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0101",
    "init-function-name",
    include_str!("init_function_name.rs"),
);

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let wanted = super::expected_leaf(expected)?;
    let functions = facts.init_functions();
    if functions.is_empty() || functions.iter().any(|function| function.module == wanted) {
        return None;
    }
    // A library whose name can't be a module in a package is loaded by its path, under a name that the caller chooses.
    let is_loaded_by_path = expected.expected_module().is_none()
        && wanted
            .strip_prefix("lib")
            .is_some_and(|rest| functions.iter().all(|function| function.module != rest));
    if is_loaded_by_path {
        return None;
    }
    let served: Vec<&str> = distinct(functions.iter().map(|function| function.module.as_str()));
    let quoted: Vec<String> = served.iter().map(|name| format!("`{name}`")).collect();
    let symbols: Vec<&str> = functions
        .iter()
        .map(|function| function.symbol.as_str())
        .collect();
    let found = some(&quoted, SHOWN);
    let finding = RULE
        .finding(format!(
            "the module is called `{wanted}`, but its init function is for {found}"
        ))
        .because(Evidence::mismatch(
            "init function",
            format!("PyInit_{wanted}"),
            some(&symbols, SHOWN),
        ));
    let finding = symbols.iter().take(SHOWN).fold(finding, |finding, symbol| {
        finding.because(Evidence::Symbol {
            name: (*symbol).to_owned(),
            binary: expected.artifact(),
        })
    });
    Some(finding.hint(hint(&wanted, &functions, facts.is_rust())))
}

fn hint(wanted: &str, functions: &[&InitFunction], is_rust: bool) -> String {
    match (wanted.strip_prefix("lib"), functions) {
        (Some(rest), functions) if functions.iter().any(|function| function.module == rest) => {
            format!(
                "the file still has the `lib` prefix that Cargo adds: rename it to start with `{rest}.`"
            )
        }
        (_, [function]) if !is_rust => format!(
            "make the names match: rename the file `{wanted}`, or `{found}` in the source; in Rust that's the \
             `#[pymodule]` function",
            found = function.module
        ),
        (_, [function]) => format!(
            "rename the `#[pymodule]` function `{found}` to `{wanted}` or write `#[pyo3(name = \"{wanted}\")]` on it; \
             if `{found}` is the name you want, change `[lib] name` or `module-name` instead",
            found = function.module
        ),
        _ => format!(
            "add a `#[pymodule]` called `{wanted}`, or import one of the modules that exist"
        ),
    }
}

fn distinct<'name>(names: impl Iterator<Item = &'name str>) -> Vec<&'name str> {
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

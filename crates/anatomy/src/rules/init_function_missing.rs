//! The library has no init function for a Python module.
//!
//! To import an extension, Python calls its init function: an exported function named `PyInit_` plus the module's name
//! (or `PyModExport_` plus the name, since Python 3.15). This library doesn't export one, so the import fails with
//!
//! ```text
//! ImportError: dynamic module does not define module export function (PyInit_fast)
//! ```
//!
//! ## Example
//!
//! ```rust,ignore
//! use pyo3::prelude::*;
//!
//! #[pyfunction]
//! fn double(x: i64) -> i64 { x * 2 }
//! ```
//!
//! compiles, but there's no `#[pymodule]`, so there's no init function either. You get the same error when the file
//! with the `#[pymodule]` is never declared with `mod`, or when a `#[cfg(feature = "…")]` leaves it out.
//!
//! ## What to do
//!
//! Write a `#[pymodule]` in the crate whose `crate-type` is `cdylib`:
//!
//! ```rust,ignore
//! #[pymodule]
//! mod fast {
//!     #[pymodule_export]
//!     use super::double;
//! }
//! ```
//!
//! or make sure that the one you have is compiled in.
//!
//! ## Where it is specified
//!
//! [PEP 489](https://peps.python.org/pep-0489/#export-hook-name), and PyO3's guide under
//! [Python modules](https://pyo3.rs/latest/module.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::Expectation;
use crate::facts::{Facts, Image};
use crate::names::{AbiTag, FileName};

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0102",
    "init-function-missing",
    include_str!("init_function_missing.rs"),
);

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    if !facts.init_functions().is_empty() {
        return None;
    }
    let is_called_a_module = expected.expected_module().is_some();
    if !is_called_a_module
        && !expected
            .expected_file()
            .is_some_and(|file| is_meant_to_be_imported(facts, file))
    {
        return None;
    }
    if facts.images.iter().any(is_for_python_2) {
        return None;
    }
    let wanted = super::expected_leaf(expected)?;
    Some(
        RULE.finding(format!(
            "the library has no init function: it doesn't export `PyInit_{wanted}`"
        ))
        .because(Evidence::Symbol {
            name: format!("PyInit_{wanted}"),
            binary: expected.artifact(),
        })
        .hint(hint(&wanted, facts.is_rust())),
    )
}

fn hint(wanted: &str, is_rust: bool) -> String {
    if is_rust {
        format!(
            "add a `#[pymodule]` called `{wanted}`, or make sure that the one you have is compiled in: its file must be \
             declared with `mod`, and no `#[cfg]` may exclude it"
        )
    } else {
        format!(
            "export `PyInit_{wanted}`; in Rust, a `#[pymodule]` called `{wanted}` does that, as long as it's compiled in"
        )
    }
}

/// Whether a file is meant to be imported. Plain shared libraries sit next to extensions too, sometimes even with an
/// extension's suffix when `ctypes` or cffi load them, and don't need an init function. An extension uses Python's API,
/// and nobody names it `lib…`.
pub(crate) fn is_meant_to_be_imported(facts: &Facts, file: &FileName) -> bool {
    let is_named_so = match file.tag() {
        Some(AbiTag::Untagged) => file
            .module()
            .is_some_and(|module| !module.starts_with("lib")),
        Some(_) => true,
        None => false,
    };
    is_named_so && facts.images.iter().any(uses_python)
}

fn uses_python(image: &Image) -> bool {
    image.python_imports().next().is_some()
}

/// Whether it uses symbols that only Python 2 had. Modules for Python 2 have an `init…` function, which no supported
/// interpreter calls.
fn is_for_python_2(image: &Image) -> bool {
    const GONE: [&str; 5] = [
        "Py_InitModule",
        "PyInt_",
        "PyString_",
        "PyUnicodeUCS2_",
        "PyUnicodeUCS4_",
    ];
    image
        .python_imports()
        .any(|import| GONE.iter().any(|start| import.name.starts_with(start)))
}

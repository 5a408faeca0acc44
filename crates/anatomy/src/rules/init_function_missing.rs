//! The library has no function that initialises a module.
//!
//! Python enters an extension through one exported function, `PyInit_` and the module's name (or `PyModExport_` from
//! Python 3.15 on). This library exports none, so the import ends with
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
//! compiles, but nothing in it is a `#[pymodule]`, so there is no door for Python. The same is seen when the file that
//! has the `#[pymodule]` is never declared with `mod`, or when a `#[cfg(feature = "…")]` leaves it out.
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
//! or see that the one you have is compiled in.
//!
//! ## Where it is specified
//!
//! [PEP 489](https://peps.python.org/pep-0489/#export-hook-name), and PyO3's guide under
//! [Python modules](https://pyo3.rs/latest/module.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::Expectation;
use crate::facts::{Facts, Image};
use crate::names::{AbiTag, FileName};

/// The rule.
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
            "nothing in the library initialises a module: it exports no `PyInit_{wanted}`"
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
            "add a `#[pymodule]` called `{wanted}`, or see that the one you have is compiled in: that its file is \
             declared with `mod` and no `#[cfg]` leaves it out"
        )
    } else {
        format!(
            "export `PyInit_{wanted}`; in Rust a `#[pymodule]` called `{wanted}` does, which has to be compiled in"
        )
    }
}

/// Plain shared libraries lie beside extensions, also under an extension's suffix where `ctypes` or cffi load them, and
/// lack an init function rightly. What is meant to be imported uses Python, and is not called `lib…` by its builder.
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

/// Whether it asks for what only Python 2 had. Modules for Python 2 have an `init…` function, which no living interpreter calls.
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

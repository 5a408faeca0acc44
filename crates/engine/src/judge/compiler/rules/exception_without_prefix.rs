//! An exception has the name that it has in Python.
//!
//! In Rust, PyO3's types have the prefix `Py`, and the exceptions are in the module `pyo3::exceptions`, which isn't part of the prelude.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0433]: cannot find type `ValueError` in this scope
//!  --> src/lib.rs:3:35
//!   | Err(ValueError::new_err("x"))
//! ```
//!
//! ## What to do
//!
//! Add the prefix and import the exception:
//!
//! ```rust,ignore
//! use pyo3::exceptions::PyValueError;
//!
//! Err(PyValueError::new_err("x"))
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's API documentation under [exceptions](https://docs.rs/pyo3/latest/pyo3/exceptions/index.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::TypeOrigin;
use super::super::words::missing_in_scope;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0730",
        "exception-without-prefix",
        include_str!("exception_without_prefix.rs"),
    ),
    explain,
);

/// Exceptions that people raise from Rust.
const IN_PYTHON: [&str; 16] = [
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "FileNotFoundError",
    "ImportError",
    "IndexError",
    "KeyError",
    "LookupError",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "RuntimeError",
    "StopIteration",
    "TypeError",
    "ValueError",
    "ZeroDivisionError",
];

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let name = missing_in_scope(error)?;
    let is_pythons = IN_PYTHON.contains(&name)
        && matches!(
            sources.whose(name),
            TypeOrigin::Elsewhere | TypeOrigin::Unknown
        );
    is_pythons.then(|| {
        Advice::new(
            name,
            format!("in Rust it is called `Py{name}`, with `use pyo3::exceptions::Py{name};`"),
        )
    })
}

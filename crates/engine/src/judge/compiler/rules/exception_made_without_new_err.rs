//! An exception is made like a Rust struct.
//!
//! PyO3's exception types, such as `PyValueError`, stand for Python's classes. Rust never holds a value of them. `new_err` makes a `PyErr`, which Python raises
//! as that exception.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0603]: tuple struct constructor `PyValueError` is private
//! error[E0599]: no function or associated item named `new` found for struct `PyValueError` in the current scope
//!  --> src/lib.rs:3:67
//!   | Err(pyo3::exceptions::PyValueError::new("x"))
//! ```
//!
//! ## What to do
//!
//! Use `new_err`:
//!
//! ```rust,ignore
//! Err(PyValueError::new_err("x"))
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python exceptions](https://pyo3.rs/latest/exception.html).

use diagnostic::Rule;

use super::super::pyo3_names::is_exception;
use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0729",
        "exception-made-without-new-err",
        include_str!("exception_made_without_new_err.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let label = error.label.as_deref().unwrap_or_default();
    let name = between(&error.message, "tuple struct constructor `", "` is private")
        .or_else(|| {
            between(
                &error.message,
                "no function or associated item named `new` found for struct `",
                "`",
            )
        })
        .or_else(|| {
            between(
                &error.message,
                "no associated function or constant named `new` found for struct `",
                "`",
            )
        })
        .or_else(|| between(label, "expected `PyErr`, found `", "`"))?;
    let name = name.rsplit("::").next().unwrap_or(name);
    is_exception(name).then(|| {
        Advice::new(
            name,
            format!("create the exception with `{name}::new_err(…)`"),
        )
    })
}

fn is_consequence(exception: &str, error: &CompilerError) -> bool {
    let label = error.label.as_deref().unwrap_or_default();
    error.message.contains("mismatched types")
        && (label.contains("expected `PyAny`") || label.contains(&format!("found `{exception}`")))
}

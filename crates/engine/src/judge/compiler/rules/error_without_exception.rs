//! An error has no conversion to a Python exception.
//!
//! A function for Python returns `PyResult`, or a `Result` whose error can be converted to a `PyErr`. PyO3 has conversions for some errors of the standard
//! library. It can't guess the exception for a string or for other types.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: the trait bound `PyErr: From<String>` is not satisfied
//!  --> src/lib.rs:3:21
//!   | fn check(a: i32) -> Result<i32, String>
//! ```
//!
//! ## What to do
//!
//! Choose an exception where the error occurs:
//!
//! ```rust,ignore
//! use pyo3::exceptions::PyValueError;
//!
//! #[pyfunction]
//! fn check(a: i32) -> PyResult<i32> {
//!     if a > 0 { Ok(a) } else { Err(PyValueError::new_err("not positive")) }
//! }
//! ```
//!
//! Or implement the conversion once for an error type of yours:
//!
//! ```rust,ignore
//! impl From<ParseError> for PyErr {
//!     fn from(error: ParseError) -> Self {
//!         PyValueError::new_err(error.to_string())
//!     }
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Error handling](https://pyo3.rs/latest/function/error-handling.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::TypeOrigin;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0731",
        "error-without-exception",
        include_str!("error_without_exception.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    without_conversion(error, sources).or_else(|| string(error))
}

fn without_conversion(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let is_question = error.message == "`?` couldn't convert the error to `PyErr`";
    let from = between(
        &error.message,
        "the trait bound `PyErr: From<",
        ">` is not satisfied",
    )
    .or_else(|| {
        let label = error.label.as_deref().filter(|_| is_question)?;
        between(label, "the trait `From<", ">` is not implemented")
    })?;
    if ["String", "&str", "&'static str"].contains(&from) {
        return Some(Advice::new(
            from,
            "a string isn't an exception: return a `PyResult`, and create the error with `PyValueError::new_err(…)` (`use pyo3::exceptions::PyValueError;`)",
        ));
    }
    let by_hand = "`.map_err(|error| PyValueError::new_err(error.to_string()))`";
    // A conversion can only be implemented for a type of the crate's own.
    let is_own = matches!(
        sources.whose(from),
        TypeOrigin::Class(_) | TypeOrigin::Plain(_)
    );
    let other_way = if is_own {
        format!("; or write `impl From<{from}> for PyErr` once, and `?` does it everywhere")
    } else {
        String::new()
    };
    Some(Advice::new(
        from,
        format!(
            "PyO3 can't tell which Python exception `{from}` should become: choose one with {by_hand}{other_way}"
        ),
    ))
}

/// A string where a `PyErr` is expected.
fn string(error: &CompilerError) -> Option<Advice> {
    let label = error.label.as_deref()?;
    let found = between(label, "expected `PyErr`, found `", "`")?;
    ["String", "&str"].contains(&found).then(|| {
        Advice::new(
            found,
            "a string isn't an exception: write `PyValueError::new_err(…)` around it, and `use pyo3::exceptions::PyValueError;`",
        )
    })
}

//! A returned `Bound` has no lifetime.
//!
//! A `Bound` is valid while the thread is attached to the interpreter, which is the lifetime of the `Python` token. With several references among the
//! parameters, Rust can't tell whose lifetime is meant.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0106]: missing lifetime specifier
//!  --> src/lib.rs:3:52
//!   | fn f(py: Python<'_>, a: &Bound<'_, PyAny>) -> Bound<PyAny>
//! ```
//!
//! ## What to do
//!
//! Name the lifetime of the token:
//!
//! ```rust,ignore
//! fn f<'py>(py: Python<'py>, a: &Bound<'py, PyAny>) -> Bound<'py, PyAny>
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [The `'py` lifetime](https://pyo3.rs/latest/python-from-rust.html#the-py-lifetime).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::line_of;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0748",
        "lifetime-of-token-missing",
        include_str!("lifetime_of_token_missing.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let is_missing = error.number.as_deref() == Some("E0106");
    let line = line_of(error);
    let has_own = line.contains("<'py>(");
    let (_, result) = line.split_once("-> ").filter(|_| is_missing && !has_own)?;
    let gives_object = result.contains("Bound<");
    (gives_object && line.contains("Python<")).then(|| {
        Advice::new(
            "'py",
            "the returned object is valid while the thread is attached to the interpreter: name that lifetime, as in `fn name<'py>(py: Python<'py>) -> Bound<'py, PyAny>`",
        )
    })
}

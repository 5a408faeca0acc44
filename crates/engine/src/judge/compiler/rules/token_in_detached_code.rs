//! Something tied to the interpreter is used in code that runs detached from it, or in another thread.
//!
//! A `Bound`, a `PyRef` and a `Python` token prove that the thread is attached to the interpreter. Inside `detach` (`allow_threads` before PyO3 0.26), in
//! another thread and in a `static`, that isn't so.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: `*mut pyo3::Python<'static>` cannot be shared between threads safely
//!  --> src/lib.rs:3:80
//!   | py.detach(|| all.len())
//! ```
//!
//! ## What to do
//!
//! Take what you need out of the object first, and use that:
//!
//! ```rust,ignore
//! let numbers: Vec<f64> = all.extract()?;
//! let sum: f64 = py.detach(|| numbers.iter().sum());
//! ```
//!
//! A `Py` isn't tied to a thread, so it can be passed on and kept in a `static`: `.unbind()` makes a `Py` of a `Bound`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Parallelism](https://pyo3.rs/latest/parallelism.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{between, is_in_a_static};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0733",
        "token-in-detached-code",
        include_str!("token_in_detached_code.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let is_token = ["`*mut pyo3::Python<", "`*mut Python<"]
        .iter()
        .any(|words| error.message.starts_with(words));
    if !is_token {
        return None;
    }
    if is_in_a_static(error) {
        return Some(Advice::new(
            "",
            "a `Bound` is tied to its thread: keep a `Py`, as in `Py<PyAny>`, made by `.unbind()`",
        ));
    }
    let holder = error
        .notes
        .iter()
        .find_map(|note| between(&note.text, "within `", "`, the trait"))
        // A closure has no name that anybody wrote.
        .filter(|name| !name.starts_with("{closure"))
        .map_or("a value".to_owned(), |name| {
            format!("a `{}`", name.replace("pyo3::", ""))
        });
    Some(Advice::new(
        &holder,
        format!(
            "{holder} is used in code that runs without the interpreter, or in another thread: take what you need out of it first, or pass a `Py`"
        ),
    ))
}

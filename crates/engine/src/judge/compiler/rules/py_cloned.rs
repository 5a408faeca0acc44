//! A `Py` is cloned without the interpreter.
//!
//! A `Py` is a counted reference to an object, and the interpreter does the counting. Another reference therefore needs a `Python` token, and `Py` has no
//! `Clone` unless PyO3's feature `py-clone` is on.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0599]: no method named `clone` found for struct `pyo3::Py<T>` in the current scope
//!  --> src/lib.rs:6:51
//!   | fn handler(&self) -> Py<PyAny> { self.handler.clone() }
//! ```
//!
//! ## What to do
//!
//! Use `clone_ref`:
//!
//! ```rust,ignore
//! fn handler(&self, py: Python<'_>) -> Py<PyAny> {
//!     self.handler.clone_ref(py)
//! }
//! ```
//!
//! For a struct that has to be `Clone`, keep the `Py` in an `Arc`.
//!
//! ## Where it is specified
//!
//! PyO3's API documentation under [`Py::clone_ref`](https://docs.rs/pyo3/latest/pyo3/struct.Py.html#method.clone_ref).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new("WR0738", "py-cloned", include_str!("py_cloned.rs")),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let message = &error.message;
    let is_call = (message.starts_with("no method named `clone` found for")
        || message.starts_with("the method `clone` exists for"))
        && message.contains("Py<");
    let is_bound = message.contains("Py<") && message.ends_with(": Clone` is not satisfied");
    if is_call {
        let is_inside = message.starts_with("the method");
        let how = if is_inside && message.contains("Vec<") {
            "`.iter().map(|one| one.clone_ref(py)).collect()` for a `Vec`"
        } else if is_inside {
            "`.as_ref().map(|one| one.clone_ref(py))` for an `Option`"
        } else {
            "`clone_ref(py)`"
        };
        return Some(Advice::new(
            "",
            format!(
                "the interpreter counts the references to an object, so another one needs it: {how}, with `py: Python<'_>` as a parameter"
            ),
        ));
    }
    is_bound.then(|| {
        Advice::new(
            "",
            "a `Py` has no `Clone`, since the interpreter counts the references: remove `Clone` and use `clone_ref(py)` where you need another one, or keep the `Py` in an `Arc`",
        )
    })
}

//! `self` is a parameter where there is no object.
//!
//! A constructor runs before the object exists, a static method has no object, and neither has a `#[pyfunction]`.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error: unexpected receiver
//!  --> src/lib.rs:5:26
//!   | #[new] fn new(&self, x: u32) -> Self { Self { x } }
//! ```
//!
//! ## What to do
//!
//! Take `self` out of the parameters. If the function needs the object, make it a method: put it into an `impl` below `#[pymethods]`, without `#[new]`
//! or `#[staticmethod]`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Constructor](https://pyo3.rs/latest/class.html#constructor).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::words;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0720",
        "self-without-object",
        include_str!("self_without_object.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let (place, line) = error.place.as_ref()?;
    let is_method = matches!(sources.impl_around(place), Some((_, true)));
    if error.message == "unexpected receiver" && is_method {
        return Some(Advice::new(
            "self",
            "a function with `#[new]` or `#[staticmethod]` has no object yet: take `self` out of its parameters",
        ));
    }
    let is_refused = error
        .message
        .starts_with("`self` parameter is only allowed in associated functions");
    let name = words(line.split_once("fn ")?.1).next()?;
    (is_refused && sources.is_for_python(name)).then(|| {
        Advice::new(
            "self",
            "a `#[pyfunction]` has no object: take `self` out of its parameters, or put the function into an `impl` below `#[pymethods]`",
        )
    })
}

fn is_consequence(_: &str, error: &CompilerError) -> bool {
    error.message.contains("unexpected receiver")
}

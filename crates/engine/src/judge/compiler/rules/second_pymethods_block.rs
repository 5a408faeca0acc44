//! A class has two `#[pymethods]` blocks.
//!
//! PyO3 collects the methods of a class from one block, unless its feature `multiple-pymethods` is on.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0119]: conflicting implementations of trait `pyo3::impl_::pyclass::PyMethods<C>`
//!  --> src/lib.rs:6:1
//!   | #[pymethods]
//! ```
//!
//! ## What to do
//!
//! Move the methods into one `#[pymethods]` block. Methods that Python shouldn't see go into an ordinary `impl`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Features reference](https://pyo3.rs/latest/features.html#multiple-pymethods).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0715",
        "second-pymethods-block",
        include_str!("second_pymethods_block.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let class = between(&error.message, "PyMethods<", "> for type")
        .or_else(|| between(&error.message, "PyMethods<", ">`"))?;
    error
        .message
        .starts_with("conflicting implementations")
        .then(|| {
            Advice::new(
                class,
                format!("a class has one `#[pymethods]` block: put all methods of `{class}` that Python sees into one `impl`"),
            )
        })
}

//! `wrap_pyfunction!` is used on a class.
//!
//! `wrap_pyfunction!` makes a Python function of a `#[pyfunction]`. Classes are added to a module with `add_class`.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0308]: mismatched types
//!  --> src/lib.rs:5:69
//!   | m.add_function(wrap_pyfunction!(Dot, m)?)
//! ```
//!
//! ## What to do
//!
//! Add the class:
//!
//! ```rust,ignore
//! #[pymodule]
//! fn shapes(m: &Bound<'_, PyModule>) -> PyResult<()> {
//!     m.add_class::<Dot>()
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python modules](https://pyo3.rs/latest/module.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0703",
        "class-added-as-function",
        include_str!("class_added_as_function.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let class = between(error.label.as_deref()?, "AddClassToModule<", ">`")?;
    let class = class.rsplit("::").next().unwrap_or(class);
    Some(Advice::new(
        class,
        format!("`{class}` is a class: add it with `m.add_class::<{class}>()?`"),
    ))
}

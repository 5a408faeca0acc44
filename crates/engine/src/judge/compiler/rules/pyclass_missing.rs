//! A type is used as a Python class without `#[pyclass]`.
//!
//! `#[pymethods]`, `Py::new` and `#[pymodule_export]` need a type that `#[pyclass]` made a class.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: the trait bound `Point: PyClass` is not satisfied
//!  --> src/lib.rs:4:6
//!   | impl Point {
//! ```
//!
//! ## What to do
//!
//! Write the attribute above the type:
//!
//! ```rust,ignore
//! #[pyclass]
//! struct Point { x: f64 }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python classes](https://pyo3.rs/latest/class.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::TypeOrigin;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0713",
        "pyclass-missing",
        include_str!("pyclass_missing.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let class = between(
        &error.message,
        "the trait bound `",
        ": PyClass` is not satisfied",
    )
    .or_else(|| {
        between(
            &error.message,
            "the trait bound `",
            ": Into<PyClassInitializer<",
        )
    })
    .or_else(|| {
        let missing = error.message.contains("_PYO3_DEF");
        between(&error.message, "found for struct `", "`")
            .or_else(|| between(&error.message, "found for enum `", "`"))
            .filter(|_| missing)
    })?;
    let is_missing = matches!(
        sources.whose(class),
        TypeOrigin::Plain(_) | TypeOrigin::Unknown
    );
    is_missing.then(|| {
        Advice::new(
            class,
            format!("write `#[pyclass]` above the definition of `{class}`"),
        )
    })
}

fn is_consequence(class: &str, error: &CompilerError) -> bool {
    let message = &error.message;
    let is_about_class = message.contains(&format!("`{class}` cannot be"))
        || message.starts_with(&format!("the trait bound `{class}: PyTypeInfo`"))
        || message.starts_with(&format!(
            "the trait bound `{class}: pyo3::impl_::pyclass_init::"
        ));
    is_about_class
        || message.contains(&format!(
            "no method named `convert` found for struct `{class}`"
        ))
}

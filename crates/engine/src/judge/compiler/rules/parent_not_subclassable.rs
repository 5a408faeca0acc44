//! A class extends one that allows no subclasses.
//!
//! A `#[pyclass]` is final unless it says otherwise.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: pyclass `Sensor` cannot be subclassed
//!  --> src/lib.rs:4:1
//!   | #[pyclass(extends = Sensor)]
//! ```
//!
//! ## What to do
//!
//! Allow it in the parent:
//!
//! ```rust,ignore
//! #[pyclass(subclass)]
//! struct Sensor {}
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Inheritance](https://pyo3.rs/latest/class.html#inheritance).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0714",
        "parent-not-subclassable",
        include_str!("parent_not_subclassable.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let class = between(&error.message, "pyclass `", "` cannot be subclassed")?;
    Some(Advice::new(
        class,
        format!("`{class}` must allow it: `#[pyclass(subclass)]`"),
    ))
}

fn is_consequence(class: &str, error: &CompilerError) -> bool {
    let message = &error.message;
    let names_class = |text: &str| text.contains("PyClassInit<") && text.contains(class);
    let is_conversion = message.contains("cannot be converted to a Python object")
        && error.notes.iter().any(|note| names_class(&note.text));
    // In the words of PyO3 before 0.28.
    is_conversion
        || (message.starts_with("no method named `convert` found for ") && message.contains(class))
}

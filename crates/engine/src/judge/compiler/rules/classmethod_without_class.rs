//! A `#[classmethod]` doesn't take its class.
//!
//! Python passes the class as the first argument of a class method, so the Rust function needs a parameter for it.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error: Expected `&Bound<PyType>` or `Py<PyType>` as the first argument to `#[classmethod]`
//!  --> src/lib.rs:7:10
//!   | fn of() -> Self { Self { n: 1 } }
//! ```
//!
//! ## What to do
//!
//! Take the class:
//!
//! ```rust,ignore
//! use pyo3::types::PyType;
//!
//! #[classmethod]
//! fn of(_cls: &Bound<'_, PyType>) -> Self {
//!     Self { n: 1 }
//! }
//! ```
//!
//! A function that doesn't need the class can be a `#[staticmethod]`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Class methods](https://pyo3.rs/latest/class.html#class-methods).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0718",
        "classmethod-without-class",
        include_str!("classmethod_without_class.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let of_macro = error
        .message
        .contains("as the first argument to `#[classmethod]`");
    let of_trait = error.message.contains(": From<") && error.message.contains("PyType>");
    (of_macro || of_trait).then(|| {
        Advice::new(
            "",
            "a class method takes its class first: write `cls: &Bound<'_, PyType>` as the first parameter, and `use pyo3::types::PyType;`",
        )
    })
}

fn is_consequence(_: &str, error: &CompilerError) -> bool {
    error.message.contains("unexpected receiver")
}

//! A function below `#[pymethods]` doesn't take its object.
//!
//! PyO3 takes a function in a `#[pymethods]` block for a method, and its first parameter for the object. A constructor and a static method need an
//! attribute that says so.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: the trait bound `u32: From<&pyo3::Bound<'_, Sheet>>` is not satisfied
//!  --> src/lib.rs:6:14
//!   | fn of(n: u32) -> Self { Self { n } }
//! ```
//!
//! ## What to do
//!
//! Write what the function is:
//!
//! ```rust,ignore
//! #[pymethods]
//! impl Sheet {
//!     #[new]
//!     fn new(n: u32) -> Self { Self { n } }
//!
//!     #[staticmethod]
//!     fn largest() -> u32 { 100 }
//!
//!     fn size(&self) -> u32 { self.n }
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Constructor](https://pyo3.rs/latest/class.html#constructor) and [Static methods](https://pyo3.rs/latest/class.html#static-methods).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{between, line_of, own_names};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0719",
        "method-without-self",
        include_str!("method_without_self.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    // PyO3 before 0.30 says `TryFrom`, and before 0.29 `BoundRef`.
    let pointer = between(&error.message, ": From<", ">` is not satisfied")
        .or_else(|| between(&error.message, ": TryFrom<", ">` is not satisfied"))?;
    let class = own_names(pointer)
        .find(|name| sources.class(name).is_some())
        .filter(|_| pointer.contains("Bound"))?;
    let line = line_of(error);
    let makes_one = ["-> Self", &format!("-> {class}"), "-> PyResult<Self>"]
        .iter()
        .any(|made| line.contains(made));
    line.contains("fn ").then(|| {
        Advice::new(
            class,
            if makes_one {
                "write `#[new]` above a constructor, or `#[staticmethod]` above another function without `&self`"
            } else {
                "a method begins with its object, `&self`; write `#[staticmethod]` above one that has none"
            },
        )
    })
}

fn is_consequence(_: &str, error: &CompilerError) -> bool {
    error.message.contains("unexpected receiver")
}

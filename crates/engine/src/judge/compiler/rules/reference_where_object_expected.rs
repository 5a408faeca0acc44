//! A reference is given where an object is expected.
//!
//! A `Py<T>` is an object. Neither `&self`, which is a reference to the Rust value inside the object, nor `&Py<T>` can take its place.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0308]: mismatched types: expected `Py<J>`, found `&J`
//!  --> src/lib.rs:7:46
//!   | fn step(&self) -> Step { Step { of: self } }
//! ```
//!
//! ## What to do
//!
//! Take the object as the receiver:
//!
//! ```rust,ignore
//! fn step(slf: Py<Self>) -> Step {
//!     Step { of: slf }
//! }
//! ```
//!
//! `clone_ref(py)` makes another reference to the object of a `&Py<T>`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python objects](https://pyo3.rs/latest/types.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{between, line_of};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0739",
        "reference-where-object-expected",
        include_str!("reference_where_object_expected.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let label = error.label.as_deref()?.replace("pyo3::", "");
    let wanted = between(&label, "expected `Py<", ">`")?;
    let found = between(&label, "found `&", "`")?;
    let line = line_of(error);
    let of_object = format!("Py<{wanted}>");
    let advice = if found == of_object && line.contains(".clone()") {
        "the interpreter counts the references to an object: `clone_ref(py)` instead of `clone()`"
    } else if found == of_object {
        "make another reference to the object with `.clone_ref(py)`"
    } else if found.trim_start_matches("mut ") == wanted && line.contains("self") {
        "take the object itself as the receiver: `slf: Py<Self>` instead of `self`; `slf.borrow(py)` lends its value"
    } else {
        return None;
    };
    Some(Advice::new(wanted, advice))
}

//! A method returns a reference to its object.
//!
//! Python gets objects, not references into Rust values. To return the object that a method is called on, the method has to take the object itself as
//! `PyRef` or `PyRefMut`.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: `&C` cannot be converted to a Python object
//!  --> src/lib.rs:6:23
//!   | fn same(&self) -> &Self { self }
//! ```
//!
//! ## What to do
//!
//! Take and return the object:
//!
//! ```rust,ignore
//! #[pymethods]
//! impl C {
//!     fn same(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
//!         slf
//!     }
//! }
//! ```
//!
//! To return another object, keep a `Py` of it and return `clone_ref(py)`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Iterable objects](https://pyo3.rs/latest/class/protocols.html#iterable-objects).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{between, line_of, misses_map_err, unconvertible};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0722",
        "object-returned-by-reference",
        include_str!("object_returned_by_reference.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    by_reference(error, sources).or_else(|| own_iterator(error))
}

fn by_reference(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let reference = unconvertible(error)?.strip_prefix('&')?;
    let (name, holder) = match reference.strip_prefix("mut ") {
        Some(name) => (name, "PyRefMut"),
        None => (reference, "PyRef"),
    };
    sources.class(name)?;
    let (around, _) = sources.impl_around(&error.place.as_ref()?.0)?;
    let receiver = format!("{holder}<'_, Self>");
    let advice = if around == name {
        format!(
            "Python gets the object, not a reference into it: take `slf: {receiver}` instead of `self`, return `{receiver}`, and end with `slf`"
        )
    } else {
        format!(
            "Python gets an object, not a reference into one: keep a `Py<{name}>`, and return `clone_ref(py)` of it"
        )
    };
    Some(Advice::new(reference, advice))
}

/// `__iter__` that returns its own object.
fn own_iterator(error: &CompilerError) -> Option<Advice> {
    let label = error.label.as_deref()?;
    let wanted = between(label, "expected `", "`")?;
    let found = between(label, "found `&", "`")?;
    let is_self = found.trim_start_matches("mut ") == wanted;
    (is_self && line_of(error).contains("fn __iter__")).then(|| {
        Advice::new(
            wanted,
            "an iterator returns itself: `fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> { slf }`",
        )
    })
}

fn is_consequence(subject: &str, error: &CompilerError) -> bool {
    misses_map_err(subject, error)
}

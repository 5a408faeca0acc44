//! A field has `get` but Python can't be given its value.
//!
//! `#[pyo3(get)]` and `get_all` give Python a copy of the field. The field's type has to be convertible to a Python object and, if it's a class, `Clone`.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: `Lens` cannot be converted to a Python object
//!  --> src/lib.rs:5:22
//!   | struct Photo { lens: Lens }
//!   = required by `#[pyo3(get)]`
//! ```
//!
//! ## What to do
//!
//! Derive `Clone` for a class, or keep the object itself:
//!
//! ```rust,ignore
//! #[pyclass(get_all)]
//! struct Photo { lens: Py<Lens> }
//! ```
//!
//! For types such as a `Mutex` or an atomic, write a method that returns a value:
//!
//! ```rust,ignore
//! #[pymethods]
//! impl Hits {
//!     #[getter]
//!     fn n(&self) -> u64 { self.n.load(Ordering::Relaxed) }
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Object properties](https://pyo3.rs/latest/class.html#object-properties-using-pyo3get-set).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::TypeOrigin;
use super::super::words::{between, class_or_dict, own_names, unconvertible, without_paths};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0721",
        "field-without-conversion",
        include_str!("field_without_conversion.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let label = error.label.as_deref().unwrap_or_default();
    let name = unconvertible(error)
        .filter(|_| label.contains("required by `#[pyo3(get)]`"))
        .or_else(|| without_clone(error))?;
    let copy = "`get` gives a copy: write `#[derive(Clone)]` above";
    for own in own_names(name) {
        let advice = match sources.whose(own) {
            TypeOrigin::Class(definition) if !sources.is_clone(own, &definition) => {
                format!("{copy} `{own}`; or keep the object itself in the field, as `Py<{own}>`")
            }
            TypeOrigin::Plain(definition) => {
                let kinds = class_or_dict(own);
                if sources.is_clone(own, &definition) {
                    kinds
                } else if definition.has_argument("IntoPyObject") {
                    format!("{copy} `{own}`")
                } else {
                    format!("{kinds}; and derive `Clone` as well, since `get` gives a copy")
                }
            }
            _ => continue,
        };
        return Some(Advice::new(name, advice));
    }
    own_names(name)
        .all(|own| matches!(sources.whose(own), TypeOrigin::Elsewhere))
        .then(|| {
            Advice::new(
                name,
                format!(
                    "a `{}` can't be converted to a Python object: remove `get` or `get_all`, and write a method with `#[getter]` that returns a value",
                    without_paths(name)
                ),
            )
        })
}

/// The type that PyO3 before 0.25 only misses a `Clone` of.
fn without_clone(error: &CompilerError) -> Option<&str> {
    let is_getter = error
        .message
        .starts_with("the method `generate` exists for struct `PyClassGetterGenerator<");
    let mut notes = error.notes.iter().filter(|_| is_getter);
    notes.find_map(|note| {
        let rest = note
            .text
            .strip_prefix("the following trait bounds were not satisfied:")?;
        between(rest, "`", ": Clone`")
    })
}

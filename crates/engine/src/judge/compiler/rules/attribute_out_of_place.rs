//! One of PyO3's attributes is used where none of its macros looks for it.
//!
//! Attributes such as `#[new]`, `#[getter]` and `#[pyo3(…)]` are read by the macro around them: `#[pymethods]` above the `impl`, `#[pyclass]` above the type,
//! `#[pyfunction]` above the function. Without that macro the compiler doesn't know them.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error: cannot find attribute `getter` in this scope
//!  --> src/lib.rs:5:7
//!   | #[getter]
//! ```
//!
//! ## What to do
//!
//! Add the macro that the help names:
//!
//! ```rust,ignore
//! #[pymethods]
//! impl Point {
//!     #[getter]
//!     fn x(&self) -> f64 { self.x }
//! }
//! ```
//!
//! A field is shown to Python with `#[pyo3(get)]`; `#[getter]` is for methods.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python classes](https://pyo3.rs/latest/class.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Item;
use super::super::sources::Sources;
use super::super::words::{between, is_missing_attribute};
use crate::build::CompilerError;
use diagnostic::SourceLocation;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0745",
        "attribute-out-of-place",
        include_str!("attribute_out_of_place.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    const OF_METHODS: [&str; 7] = [
        "new",
        "getter",
        "setter",
        "deleter",
        "staticmethod",
        "classmethod",
        "classattr",
    ];
    let name = between(&error.message, "cannot find attribute `", "` in this scope")?;
    let (place, _) = error.place.as_ref()?;
    let item = sources.item_after(place);
    let around = sources.impl_around(place);
    let block = || match &around {
        Some((_, true)) => None,
        Some((class, false)) => Some(format!("write `#[pymethods]` above `impl {class}`")),
        None => Some("it belongs in an `impl` below `#[pymethods]`".to_owned()),
    };
    let advice = match (name, item) {
        ("getter" | "setter", Some(Item::Field)) => {
            let option = if name == "getter" { "get" } else { "set" };
            format!("show a field to Python with `#[pyo3({option})]`; `#[{name}]` is for methods")
        }
        ("pymethod", Some(Item::Function)) => {
            "write `#[pymethods]` once, above the `impl`: a method in it needs no attribute of its own".to_owned()
        }
        ("pymethod", _) => "write `#[pymethods]`".to_owned(),
        ("pyo3", Some(Item::Field | Item::Type)) => {
            "write `#[pyclass]` above the definition of the type".to_owned()
        }
        ("pyo3", Some(Item::Function)) => match &around {
            Some((_, true)) => return None,
            Some((class, false)) if is_indented(place) => {
                format!("write `#[pymethods]` above `impl {class}`")
            }
            _ => "write `#[pyfunction]` above it".to_owned(),
        },
        ("pymodule_export" | "pymodule_init", _) => {
            "write `#[pymodule]` above the `mod` around it".to_owned()
        }
        _ if OF_METHODS.contains(&name) && item == Some(Item::Function) => block()?,
        _ => return None,
    };
    Some(Advice::new(name, advice))
}

/// Whether an attribute is inside a block.
fn is_indented(place: &SourceLocation) -> bool {
    // The column is that of its name, behind `#[`.
    place.column.is_some_and(|column| column > 3)
}

fn is_consequence(name: &str, error: &CompilerError) -> bool {
    is_missing_attribute(name, error)
}

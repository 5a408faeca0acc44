//! `into_py` and `to_object` are gone from PyO3.
//!
//! Since PyO3 0.23 values become Python objects through `IntoPyObject`, which can fail. The older `IntoPy` and `ToPyObject` were deprecated then and
//! removed in 0.25.
//!
//! Holds for: PyO3 0.25 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0599]: no method named `into_py` found for type `i64` in the current scope
//!  --> src/lib.rs:3:43
//! ```
//!
//! ## What to do
//!
//! Convert with `into_pyobject`, or with `into_py_any` if you want a `Py<PyAny>`:
//!
//! ```rust,ignore
//! use pyo3::IntoPyObjectExt;
//!
//! fn answer(py: Python<'_>) -> PyResult<Py<PyAny>> {
//!     42_i64.into_py_any(py)
//! }
//! ```
//!
//! A `Bound` is an object already: `.into_any().unbind()` makes a `Py<PyAny>` of it.
//!
//! ## Where it is specified
//!
//! PyO3's [migration guide](https://pyo3.rs/latest/migration.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::renamed_in_pyo3::missed;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new("WR0710", "into-py-gone", include_str!("into_py_gone.rs")),
    explain,
)
.since(25);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let name = missed(error).filter(|name| ["into_py", "to_object"].contains(name))?;
    let advice = if error.message.contains("Bound<") {
        format!("`{name}` is gone: a `Bound` becomes a `Py<PyAny>` by `.into_any().unbind()`")
    } else {
        format!(
            "`{name}` is gone: write `value.into_pyobject(py)?`, or `value.into_py_any(py)?` for a `Py<PyAny>` (with `use pyo3::IntoPyObjectExt;`)"
        )
    };
    Some(Advice::new(name, advice).about_older_code())
}

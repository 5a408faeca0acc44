//! One of Python's own types, such as `PyTuple`, is used without a pointer around it.
//!
//! Python's objects belong to the interpreter. Rust never holds a `PyTuple` or a `PyModule` itself, only a pointer to one: `Bound<'py, PyTuple>` while
//! it's attached to the interpreter, and `Py<PyTuple>` to keep. Plain references such as `&PyModule` are from PyO3 before 0.23.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: `PyTuple` cannot be used as a Python function argument
//!  --> src/lib.rs:4:42
//!   | fn size(parts: PyTuple) -> usize { parts.len() }
//! ```
//!
//! ## What to do
//!
//! Take a `&Bound`, return a `Bound`, and keep a `Py`:
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn size(parts: &Bound<'_, PyTuple>) -> usize {
//!     parts.len()
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python object types](https://pyo3.rs/latest/types.html).

use diagnostic::Rule;

use super::super::pyo3_names::is_python_type;
use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::{TypeOrigin, words};
use super::super::words::{between, misses_map_err, unconvertible};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0707",
        "python-type-by-value",
        include_str!("python_type_by_value.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let name = bare(error)?;
    if matches!(
        sources.whose(name),
        TypeOrigin::Class(_) | TypeOrigin::Plain(_)
    ) {
        return None;
    }
    if name == "PyModule" {
        let advice = "a module is held by a `Bound`: write `m: &Bound<'_, PyModule>`; the parameter `_py: Python` isn't needed, since `m.py()` gives it";
        return Some(Advice::new(name, advice).about_older_code());
    }
    Some(Advice::new(
        name,
        format!(
            "Rust never holds a `{name}` itself, only a pointer to it: take `&Bound<'_, {name}>` as a parameter, return `Bound<'py, {name}>`, and keep `Py<{name}>` in a struct"
        ),
    ))
}

/// The type of Python's that an error finds without a pointer around it.
fn bare(error: &CompilerError) -> Option<&str> {
    let message = error.message.as_str();
    let subject = between(
        message,
        "`",
        "` cannot be used as a Python function argument",
    )
    .or_else(|| unconvertible(error))
    .or_else(|| {
        let (_, rest) = message
            .strip_prefix("no method named `")?
            .split_once("` found for ")?;
        between(rest, "`", "`")
    })
    .or_else(|| {
        let bound = between(message, "the trait bound `", "` is not satisfied")?;
        let (of, wanted) = bound.split_once(": ")?;
        let is_pyo3s = wanted.contains("impl_::")
            || wanted.starts_with("From<&pyo3::Bound<")
            || wanted.starts_with("FromPyObject")
            || wanted.starts_with("pyo3::FromPyObject")
            // PyO3 0.24 to 0.26 looks for a class in a collection.
            || ["PyClass", "Clone"].contains(&wanted);
        is_pyo3s.then_some(of)
    })
    .or_else(|| {
        let label = error.label.as_deref()?;
        let wanted = between(label, "expected `", "`")?;
        let found = between(label, "found `", "`")?;
        let is_bound = found.trim_start_matches('&').replace("pyo3::", "");
        is_bound.starts_with("Bound<").then_some(wanted)
    })?;
    if subject.contains("Bound<") || subject.contains("Py<") || subject.contains("Borrowed<") {
        return None;
    }
    words(subject).find(|word| is_python_type(word) || ["PyAny", "PyModule"].contains(word))
}

fn is_consequence(subject: &str, error: &CompilerError) -> bool {
    misses_map_err(subject, error)
}

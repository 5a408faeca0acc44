//! Python's own types, such as `PyTuple` and `PyModule`, by value or by plain reference: Rust only ever points to them.

use super::name::TYPES;
use super::{ErrorMatcher, Kind, Meaning, between};
use crate::build::CompilerError;
use crate::judge::compiler::sources::{Sources, TypeOrigin, words};

pub(super) const READINGS: &[ErrorMatcher] = &[native];

/// From this minor version on, objects are held by `Bound`.
const FIRST_WITH_BOUND: u32 = 21;

fn native(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    if sources
        .dependencies
        .pyo3_minor()
        .is_some_and(|minor| minor < FIRST_WITH_BOUND)
    {
        return None;
    }
    let name = bare(error)?;
    if matches!(
        sources.whose(name),
        TypeOrigin::Class(_) | TypeOrigin::Plain(_)
    ) {
        return None;
    }
    let advice = if name == "PyModule" {
        "a module is held by a `Bound`: write `m: &Bound<'_, PyModule>`; the parameter `_py: Python` is not needed, since `m.py()` gives it".to_owned()
    } else {
        format!(
            "Rust never holds a `{name}` itself, only a pointer to it: take `&Bound<'_, {name}>` as a parameter, return `Bound<'py, {name}>`, and keep `Py<{name}>` in a struct"
        )
    };
    Some(Meaning::new(Kind::Native, name, advice))
}

/// The type of Python's that an error finds without a pointer around it.
fn bare(error: &CompilerError) -> Option<&str> {
    let message = error.message.as_str();
    let subject = between(
        message,
        "`",
        "` cannot be used as a Python function argument",
    )
    .or_else(|| between(message, "`", "` cannot be converted to a Python object"))
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
            || wanted.starts_with("pyo3::FromPyObject");
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
    words(subject).find(|word| TYPES.contains(word) || ["PyAny", "PyModule"].contains(word))
}

//! What PyO3's macros refuse, in words of their own.

use super::{ErrorMatcher, Kind, Meaning, between, line_of};
use crate::build::CompilerError;
use crate::judge::compiler::sources::Sources;

pub(super) const READINGS: &[ErrorMatcher] = &[
    lacks_another,
    no_receiver_of_a_class,
    no_receiver,
    receiver_of_nothing,
];

/// An option of a class that another one has to stand beside.
fn lacks_another(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let option = between(&error.message, "The `", "` option requires the `")?;
    let other = between(&error.message, "` option requires the `", "` option")?;
    let line = line_of(error);
    let whole = line
        .split_once("#[pyclass(")
        .filter(|_| line.starts_with("#[pyclass(") && line.ends_with(")]"))
        .map(|(_, options)| format!(": `#[pyclass({other}, {options}`"));
    Some(Meaning::new(
        Kind::Option,
        option,
        format!(
            "write `{other}` beside `{option}`{}",
            whole.unwrap_or_default()
        ),
    ))
}

/// A class method that does not begin with its class.
fn no_receiver_of_a_class(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let of_macro = error
        .message
        .contains("as the first argument to `#[classmethod]`");
    let of_trait = error.message.contains(": From<") && error.message.contains("PyType>");
    (of_macro || of_trait).then(|| {
        Meaning::new(
            Kind::ClassReceiver,
            "",
            "a class method begins with the class: `cls: &Bound<'_, PyType>` as the first parameter, and `use pyo3::types::PyType;`",
        )
    })
}

/// A method that does not begin with its object.
fn no_receiver(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let holder = between(&error.message, ": From<", ">` is not satisfied")?;
    let class = super::own_names(holder)
        .find(|name| sources.class(name).is_some())
        .filter(|_| holder.contains("Bound"))?;
    let line = line_of(error);
    let makes_one = ["-> Self", &format!("-> {class}"), "-> PyResult<Self>"]
        .iter()
        .any(|made| line.contains(made));
    line.contains("fn ").then(|| {
        Meaning::new(
            Kind::Receiver,
            class,
            if makes_one {
                "write `#[new]` above a constructor, or `#[staticmethod]` above another function without `&self`"
            } else {
                "a method begins with its object, `&self`; write `#[staticmethod]` above one that has none"
            },
        )
    })
}

/// `self` where there is no object yet, or none at all.
fn receiver_of_nothing(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let (place, _) = error.place.as_ref()?;
    if error.message != "unexpected receiver" {
        return None;
    }
    let advice = match sources.impl_around(place) {
        Some((_, true)) => {
            "a function with `#[new]` or `#[staticmethod]` has no object yet: take `self` out of its parameters"
        }
        _ => {
            "a `#[pyfunction]` has no object: take `self` out of its parameters, or put the function into an `impl` below `#[pymethods]`"
        }
    };
    Some(Meaning::new(Kind::Receiver, "self", advice))
}

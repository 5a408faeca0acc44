//! What has to become an exception, and what a call takes.

use super::{Kind, Meaning, Reading, between};
use crate::build::CompilerError;
use crate::judge::compiler::sources::{Sources, Whose};

pub(super) const READINGS: &[Reading] = &[not_an_exception, text, tuple];

/// An error that is no exception.
fn not_an_exception(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let is_question = error.message == "`?` couldn't convert the error to `PyErr`";
    let from = between(
        &error.message,
        "the trait bound `PyErr: From<",
        ">` is not satisfied",
    )
    .or_else(|| {
        let label = error.label.as_deref().filter(|_| is_question)?;
        between(label, "the trait `From<", ">` is not implemented")
    })?;
    let by_hand = "`.map_err(|error| PyValueError::new_err(error.to_string()))`";
    // Only what the crate defines can be given a conversion there.
    let is_own = matches!(sources.whose(from), Whose::Class(_) | Whose::Plain(_));
    let other_way = if is_own {
        format!("; or write `impl From<{from}> for PyErr` once, and `?` does it everywhere")
    } else {
        String::new()
    };
    Some(Meaning::new(
        Kind::NotAnException,
        from,
        format!(
            "PyO3 does not know which exception `{from}` is in Python: choose one with {by_hand}{other_way}"
        ),
    ))
}

/// A text where an exception is wanted.
fn text(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let label = error.label.as_deref()?;
    let found = between(label, "expected `PyErr`, found `", "`")?;
    ["String", "&str"].contains(&found).then(|| {
        Meaning::new(
            Kind::NotAnException,
            found,
            "a text is no exception yet: `PyValueError::new_err(…)` around it makes one, with `use pyo3::exceptions::PyValueError;`",
        )
    })
}

/// A call with one argument that is no tuple.
fn tuple(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let name = between(
        &error.message,
        "`",
        "` cannot used as a Python `call` argument",
    )
    .or_else(|| {
        between(
            &error.message,
            "`",
            "` cannot be used as a Python `call` argument",
        )
    })?;
    Some(Meaning::new(
        Kind::Tuple,
        name,
        "the arguments of a call are a tuple, also when there is one: `(value,)`",
    ))
}

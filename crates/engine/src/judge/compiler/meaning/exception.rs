//! What has to become an exception, and what a call takes.

use super::name::is_exception;
use super::{ErrorMatcher, Kind, Meaning, between};
use crate::build::CompilerError;
use crate::judge::compiler::sources::{Sources, TypeOrigin};

pub(super) const READINGS: &[ErrorMatcher] =
    &[constructed, without_prefix, not_an_exception, text, tuple];

/// An exception of PyO3's that is made like a struct, or by a `new` that it does not have.
fn constructed(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let label = error.label.as_deref().unwrap_or_default();
    let name = between(&error.message, "tuple struct constructor `", "` is private")
        .or_else(|| {
            between(
                &error.message,
                "no function or associated item named `new` found for struct `",
                "`",
            )
        })
        .or_else(|| {
            between(
                &error.message,
                "no associated function or constant named `new` found for struct `",
                "`",
            )
        })
        .or_else(|| between(label, "expected `PyErr`, found `", "`"))?;
    let name = name.rsplit("::").next().unwrap_or(name);
    is_exception(name).then(|| {
        Meaning::new(
            Kind::NotAnException,
            name,
            format!("create the exception with `{name}::new_err(…)`"),
        )
    })
}

/// An exception under the name that it has in Python.
fn without_prefix(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    const IN_PYTHON: [&str; 16] = [
        "ArithmeticError",
        "AssertionError",
        "AttributeError",
        "FileNotFoundError",
        "ImportError",
        "IndexError",
        "KeyError",
        "LookupError",
        "NotImplementedError",
        "OSError",
        "OverflowError",
        "RuntimeError",
        "StopIteration",
        "TypeError",
        "ValueError",
        "ZeroDivisionError",
    ];
    let name = error
        .message
        .strip_prefix("cannot find ")
        .and_then(|rest| rest.split_once(" `")?.1.split_once("` in this scope"))
        .map(|(name, _)| name)
        .or_else(|| between(&error.message, "use of undeclared type `", "`"))?;
    let is_theirs = IN_PYTHON.contains(&name)
        && matches!(
            sources.whose(name),
            TypeOrigin::Elsewhere | TypeOrigin::Unknown
        );
    is_theirs.then(|| {
        Meaning::new(
            Kind::NotAnException,
            name,
            format!("in Rust it is called `Py{name}`, with `use pyo3::exceptions::Py{name};`"),
        )
    })
}

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
    if ["String", "&str", "&'static str"].contains(&from) {
        return Some(Meaning::new(
            Kind::NotAnException,
            from,
            "a string isn't an exception: return a `PyResult`, and create the error with `PyValueError::new_err(…)` (`use pyo3::exceptions::PyValueError;`)",
        ));
    }
    let by_hand = "`.map_err(|error| PyValueError::new_err(error.to_string()))`";
    // Only what the crate defines can be given a conversion there.
    let is_own = matches!(
        sources.whose(from),
        TypeOrigin::Class(_) | TypeOrigin::Plain(_)
    );
    let other_way = if is_own {
        format!("; or write `impl From<{from}> for PyErr` once, and `?` does it everywhere")
    } else {
        String::new()
    };
    Some(Meaning::new(
        Kind::NotAnException,
        from,
        format!(
            "PyO3 can't tell which Python exception `{from}` should become: choose one with {by_hand}{other_way}"
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

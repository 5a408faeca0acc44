//! What a class allows: to be changed, to be derived from, to be known as a class at all.

use super::{ErrorMatcher, Kind, Meaning, between, line_of};
use crate::build::CompilerError;
use crate::judge::compiler::sources::{Sources, TypeOrigin};

pub(super) const READINGS: &[ErrorMatcher] = &[
    frozen,
    changed,
    no_class,
    no_subclass,
    second_block,
    written_twice,
];

/// `get()` on a class that is not frozen, or something that changes one that is.
fn frozen(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let class = between(&error.message, "`<", " as PyClass>::Frozen == ")?;
    if error.message.ends_with("True`") {
        return Some(Meaning::new(
            Kind::NotFrozen,
            class,
            format!(
                "`get()` is for a class that never changes: use `borrow()`, or write `#[pyclass(frozen)]` above `{class}`"
            ),
        ));
    }
    Some(changes_a_frozen(class))
}

/// A class that is frozen, and is to be changed.
fn changes_a_frozen(class: &str) -> Meaning {
    Meaning::new(
        Kind::Frozen,
        class,
        format!(
            "a frozen class lends no `&mut self`: take `&self` and keep what changes in an atomic or a `Mutex`, or take `frozen` away from `{class}`"
        ),
    )
}

/// A field of a frozen class is changed by `&self`: rustc's proposal, `&mut self`, is the next mistake.
fn changed(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let is_change = matches!(error.number.as_deref(), Some("E0594" | "E0596"));
    let is_of_self = is_change && error.message.contains("`self");
    let (place, _) = error.place.as_ref().filter(|_| is_of_self)?;
    let (name, _) = sources.impl_around(place)?;
    let class = sources.class(&name)?;
    class
        .has_argument("frozen")
        .then(|| changes_a_frozen(&name))
}

/// `#[pymethods]`, or a use as a class, without `#[pyclass]`.
fn no_class(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let class = between(
        &error.message,
        "the trait bound `",
        ": PyClass` is not satisfied",
    )
    .or_else(|| {
        between(
            &error.message,
            "the trait bound `",
            ": Into<PyClassInitializer<",
        )
    })
    .or_else(|| {
        let missing = error.message.contains("_PYO3_DEF");
        between(&error.message, "found for struct `", "`")
            .or_else(|| between(&error.message, "found for enum `", "`"))
            .filter(|_| missing)
    })?;
    let is_missing = matches!(
        sources.whose(class),
        TypeOrigin::Plain(_) | TypeOrigin::Unknown
    );
    is_missing.then(|| {
        Meaning::new(
            Kind::NoClass,
            class,
            format!("write `#[pyclass]` above the definition of `{class}`"),
        )
    })
}

/// `extends` of a class that allows none.
fn no_subclass(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let class = between(&error.message, "pyclass `", "` cannot be subclassed")?;
    Some(Meaning::new(
        Kind::NoSubclass,
        class,
        format!("`{class}` must allow it: `#[pyclass(subclass)]`"),
    ))
}

/// Two blocks for Python.
fn second_block(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let class = between(&error.message, "PyMethods<", "> for type")
        .or_else(|| between(&error.message, "PyMethods<", ">`"))?;
    error
        .message
        .starts_with("conflicting implementations")
        .then(|| {
            Meaning::new(
                Kind::SecondBlock,
                class,
                format!("a class has one `#[pymethods]` block: put all that Python sees of `{class}` into one `impl`"),
            )
        })
}

/// A method that an option of the class writes too.
fn written_twice(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let name = between(
        &error.message,
        "duplicate definitions with name `__pymethod_",
        "__`",
    )?;
    let (options, methods) = match name {
        "__str__" => ("`str`", "`__str__`"),
        "__hash__" => ("`hash`", "`__hash__`"),
        "__richcmp__" | "__eq__" | "__lt__" => (
            "`eq` or `ord`",
            "the comparisons (`__eq__`, `__lt__`, `__richcmp__` …)",
        ),
        _ => return None,
    };
    let is_option = line_of(error).contains("pyclass") || error.rendered.contains("pyclass(");
    is_option.then(|| {
        Meaning::new(
            Kind::Twice,
            name,
            format!("the option {options} of `#[pyclass]` writes {methods}: take the option away, or what is written by hand"),
        )
    })
}

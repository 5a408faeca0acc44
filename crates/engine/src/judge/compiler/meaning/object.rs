//! What Python is given: a value, a field, the object itself.

use super::{ErrorMatcher, Kind, Meaning, between, own_names};
use crate::build::CompilerError;
use crate::judge::compiler::sources::{Sources, TypeOrigin};

pub(super) const READINGS: &[ErrorMatcher] = &[
    field,
    same_object,
    own_iterator,
    not_an_object,
    without_conversion,
];

/// A field that Python is to read, of a type that it cannot be given.
fn field(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let name = unconvertible(error)?;
    let label = error.label.as_deref()?;
    if !label.contains("required by `#[pyo3(get)]`") {
        return None;
    }
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
                    format!("{kinds}; and it has to be `Clone`, since `get` gives a copy")
                }
            }
            _ => continue,
        };
        return Some(Meaning::new(Kind::NotAnObject, name, advice));
    }
    own_names(name)
        .all(|own| matches!(sources.whose(own), TypeOrigin::Elsewhere))
        .then(|| {
            Meaning::new(
                Kind::NotAnObject,
                name,
                format!(
                    "Python cannot be given a `{}`: take `get` or `get_all` away, and write a method with `#[getter]` that returns a value",
                    plain(name)
                ),
            )
        })
}

/// A method that gives its object back by reference.
fn same_object(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
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
            "Python gets the object, not a reference into it: take `slf: {receiver}` in the place of `self`, return `{receiver}`, and end with `slf`"
        )
    } else {
        format!(
            "Python gets an object, not a reference into one: keep a `Py<{name}>`, and return `clone_ref(py)` of it"
        )
    };
    Some(Meaning::new(Kind::NotAnObject, reference, advice))
}

/// `__iter__` that is to give its own object back.
fn own_iterator(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let label = error.label.as_deref()?;
    let wanted = between(label, "expected `", "`")?;
    let found = between(label, "found `&", "`")?;
    let is_self = found.trim_start_matches("mut ") == wanted;
    (is_self && super::line_of(error).contains("fn __iter__")).then(|| {
        Meaning::new(
            Kind::NotAnObject,
            wanted,
            "an iterator gives itself back: `fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> { slf }`",
        )
    })
}

/// A type that Python knows nothing of is given back.
fn not_an_object(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let name = unconvertible(error)?;
    let base = name.split('<').next().unwrap_or(name);
    if let Some(advice) = of_serde(base, sources) {
        return Some(Meaning::new(Kind::NotAnObject, name, advice));
    }
    let is_borrowing = name != base;
    let advice = match sources.whose(base) {
        // A class cannot borrow.
        TypeOrigin::Plain(_) if is_borrowing => {
            format!("`#[derive(IntoPyObject)]` above `{base}` makes it a dict that Python gets")
        }
        TypeOrigin::Plain(_) => class_or_dict(base),
        TypeOrigin::Unknown if super::is_own(name) => class_or_dict(name),
        TypeOrigin::Elsewhere if super::is_own(base) => format!(
            "Python cannot be given a `{}`: return what it knows, such as a number, a `String` or a `Vec`, or a class of your own",
            plain(name)
        ),
        _ => return None,
    };
    Some(Meaning::new(Kind::NotAnObject, name, advice))
}

/// What serde's formats have for any value, which a crate of its own turns into objects.
fn of_serde(name: &str, sources: &Sources<'_>) -> Option<String> {
    const FORMATS: [&str; 3] = ["serde_json", "serde_yaml", "toml"];
    let format = FORMATS.into_iter().find(|format| {
        sources.dependencies.on(format).is_some()
            && (name == format!("{format}::Value") || name == "Value")
    })?;
    matches!(sources.whose("Value"), TypeOrigin::Elsewhere | TypeOrigin::Unknown).then(|| {
        format!(
            "the crate `pythonize` makes Python objects of whatever serde can write: add it, return `PyResult<Bound<'_, PyAny>>`, and end with `Ok(pythonize::pythonize(py, &value)?)`; or return a `String` of `{format}`"
        )
    })
}

/// A struct that is asked to become an object, and knows no way.
fn without_conversion(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let name = between(
        &error.message,
        "no method named `into_pyobject` found for struct `",
        "`",
    )?;
    matches!(sources.whose(name), TypeOrigin::Plain(_))
        .then(|| Meaning::new(Kind::NotAnObject, name, class_or_dict(name)))
}

fn unconvertible(error: &CompilerError) -> Option<&str> {
    between(
        &error.message,
        "`",
        "` cannot be converted to a Python object",
    )
}

fn class_or_dict(name: &str) -> String {
    format!(
        "`#[pyclass]` above `{name}` makes it a class, `#[derive(IntoPyObject)]` a dict that Python gets"
    )
}

/// A type without the paths that lead to it.
fn plain(name: &str) -> String {
    name.replace("std::sync::", "")
        .replace("std::cell::", "")
        .replace("std::rc::", "")
        .replace("std::collections::", "")
        .replace("pyo3::", "")
}

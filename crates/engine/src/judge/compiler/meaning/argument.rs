//! What is taken out of Python: parameters, and what is extracted.

use super::{ErrorMatcher, Kind, Meaning, between, is_own};
use crate::build::CompilerError;
use crate::judge::compiler::sources::{Sources, TypeOrigin};

pub(super) const READINGS: &[ErrorMatcher] = &[borrowed, not_owned, default, argument, index];

/// Something borrowed in a collection: its elements are gone from Python's list by the time they are looked at.
fn borrowed(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    if error.message == "implementation of `FromPyObject` is not general enough" {
        let of = error
            .notes
            .iter()
            .find_map(|note| between(&note.text, "for the type `", "`"))
            .unwrap_or("&str");
        let owned = if of == "&str" {
            "String"
        } else {
            "what owns it"
        };
        return Some(Meaning::new(
            Kind::Borrowed,
            of,
            format!(
                "a `{of}` cannot be borrowed out of a collection: take `{owned}`, as in `Vec<String>`"
            ),
        ));
    }
    let class = between(&error.message, "the trait bound `", ": FromPyObject")?
        .trim_start_matches("for<'a> ")
        .strip_prefix('&')?;
    is_own(class).then(|| {
        Meaning::new(
            Kind::Borrowed,
            class,
            format!("in a collection the object has to be held: `PyRef<'_, {class}>` in the place of `&{class}`"),
        )
    })
}

/// An object of a class is to be taken out of Python by value.
fn not_owned(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let (name, rest) = error
        .message
        .strip_prefix("the trait bound `")?
        .trim_start_matches("for<'a> ")
        .split_once(": ")?;
    let is_conversion = rest
        .trim_start_matches("pyo3::")
        .starts_with("FromPyObject");
    if !(is_conversion && is_own(name)) {
        return None;
    }
    let class = format!(
        "an object of a class stays in Python: take `PyRef<'_, {name}>` to read it or `Py<{name}>` to keep it"
    );
    let advice = match sources.whose(name) {
        // The conversion is there for the asking, and asked for it is nowhere.
        TypeOrigin::Class(definition)
            if sources.is_clone(name, &definition)
                && !definition.has_argument("from_py_object")
                && sources.has_from_py_object() =>
        {
            format!(
                "`{name}` is `Clone`, but PyO3 only copies it out of Python if the class asks for it: write `#[pyclass(from_py_object)]`; or take `PyRef<'_, {name}>`, which copies nothing"
            )
        }
        TypeOrigin::Class(_) => class,
        TypeOrigin::Plain(_) => format!(
            "`#[derive(FromPyObject)]` above `{name}` reads it from attributes; for a class write `#[pyclass]`, and take `PyRef<'_, {name}>`"
        ),
        TypeOrigin::Unknown => format!("{class}; a plain struct wants `#[derive(FromPyObject)]`"),
        TypeOrigin::Elsewhere => return None,
    };
    Some(Meaning::new(Kind::NotOwned, name, advice))
}

/// A default in a signature that its parameter cannot have. PyO3's macro puts a `?` where the learner wrote none.
fn default(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let is_unit = error.message == "`()` cannot be used as a Python function argument";
    let is_mismatch = error.message == "`?` operator has incompatible types";
    let (place, line) = error.place.as_ref()?;
    if !(is_unit || is_mismatch) || line.contains('?') {
        return None;
    }
    let label = error.label.as_deref().unwrap_or_default();
    let wanted = between(label, "expected `", "`");
    let found = between(label, "found `", "`");
    let advice = match (wanted, found) {
        (Some("String" | "&str"), Some("char")) => match sources.character_default(place) {
            Some((name, letter)) => format!(
                "single quotes make a `char`; strings take double quotes: `{name} = \"{letter}\"` in the signature"
            ),
            None => "single quotes make a `char`: write the default in double quotes".to_owned(),
        },
        (Some("String"), Some("&str" | "&'static str")) => {
            "the parameter is a `String` and its default a `&str`: write the parameter as `&str`, or the default as `String::from(\"…\")`".to_owned()
        }
        (Some(wanted), Some(found)) if !found.contains("Option<") => format!(
            "the default in `#[pyo3(signature = …)]` is a `{found}`, and its parameter a `{wanted}`: write a value of that type"
        ),
        _ => "the default in `#[pyo3(signature = …)]` does not fit its parameter: write a value of the parameter's type; for `None` the parameter is an `Option`".to_owned(),
    };
    Some(Meaning::new(Kind::Default, "", advice))
}

/// A parameter of a type that nothing of Python's becomes.
fn argument(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    // Before 0.28 PyO3 has no words of its own for it.
    let name = between(
        &error.message,
        "`",
        "` cannot be used as a Python function argument",
    )
    .or_else(|| {
        let rest = error.message.strip_prefix("the trait bound `")?;
        Some(
            rest.split_once(": pyo3::impl_::extract_argument::PyFunctionArgument<")?
                .0,
        )
    })?;
    let name = &name.replace("pyo3::", "");
    let advice = match name.strip_prefix('&') {
        Some(reference) => by_reference(reference, sources)?,
        None if name.contains("&str") => format!(
            "a `&str` cannot be borrowed out of a collection: take `{}`",
            name.replace("&str", "String")
        ),
        None if is_own(name) => by_value(name, sources)?,
        None => return None,
    };
    Some(Meaning::new(Kind::Argument, name, advice))
}

/// A number that is no index.
fn index(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let by = between(&error.message, "cannot be indexed by `", "`")?;
    let is_number = by.starts_with(['i', 'u']) && by[1..].chars().all(|c| c.is_ascii_digit());
    (is_number || by == "isize").then(|| {
        Meaning::new(
            Kind::Argument,
            by,
            format!("an index is a `usize`: take one as the parameter, and PyO3 refuses what is negative; or convert the `{by}` by `usize::try_from(…)`"),
        )
    })
}

/// What to take in the place of a reference.
fn by_reference(reference: &str, sources: &Sources<'_>) -> Option<String> {
    let value = reference.strip_prefix("mut ").unwrap_or(reference);
    if let Some(elements) = value.strip_prefix('[') {
        let element = elements.split("; ").next()?.trim_end_matches(']');
        return Some(format!(
            "Python's lists hold no slice: take `Vec<{}>`",
            element.replace("&str", "String")
        ));
    }
    let owner = match value {
        "str" => "String",
        "Path" => "PathBuf",
        "OsStr" => "OsString",
        "CStr" => "CString",
        _ if value.starts_with("dyn ") || value.starts_with("impl ") => return None,
        _ if is_own(value) => {
            return match sources.whose(value) {
                TypeOrigin::Plain(_) | TypeOrigin::Unknown => Some(format!(
                    "write `#[pyclass]` above `{value}`; or `#[derive(FromPyObject)]`, and take `{value}` by value"
                )),
                TypeOrigin::Class(_) | TypeOrigin::Elsewhere => None,
            };
        }
        _ => &value.replace("&str", "String"),
    };
    Some(format!("take it by value: `{owner}`"))
}

/// What to take in the place of a type that is no reference.
fn by_value(name: &str, sources: &Sources<'_>) -> Option<String> {
    match sources.whose(name) {
        TypeOrigin::Class(class) if class.has_argument("from_py_object") => None,
        TypeOrigin::Class(_) if !sources.has_from_py_object() => Some(format!(
            "an object of a class stays in Python: take `&{name}`; to get a copy, write `#[derive(Clone)]` above `{name}`"
        )),
        TypeOrigin::Class(class) if sources.is_clone(name, &class) => Some(format!(
            "an object of a class stays in Python: take `&{name}`; to get a copy, write `#[pyclass(from_py_object)]` above `{name}`"
        )),
        TypeOrigin::Class(_) => Some(format!(
            "an object of a class stays in Python: take `&{name}`; to get a copy, write `#[pyclass(from_py_object)]` and `#[derive(Clone)]` above `{name}`"
        )),
        TypeOrigin::Plain(_) => Some(format!(
            "`#[derive(FromPyObject)]` above `{name}` reads it from attributes; for a class write `#[pyclass]`, and take `&{name}`"
        )),
        TypeOrigin::Unknown => Some(format!(
            "where `{name}` is a class, take `&{name}`; where it is a plain struct, `#[derive(FromPyObject)]` reads it from attributes"
        )),
        TypeOrigin::Elsewhere => None,
    }
}

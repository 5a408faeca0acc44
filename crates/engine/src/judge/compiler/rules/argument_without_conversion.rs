//! A parameter has a type that no Python object can be converted to.
//!
//! PyO3 converts each argument to the type of the parameter. It can borrow a class and a string, but not a slice or a path, and it knows nothing about
//! a plain struct.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: `Meter` cannot be used as a Python function argument
//!  --> src/lib.rs:6:16
//!   | fn show(meter: Meter) -> u32 { meter.n }
//! ```
//!
//! ## What to do
//!
//! | the parameter is | take |
//! |---|---|
//! | a class `X` by value | `&X`; for a copy, `#[pyclass(from_py_object)]` above `X` |
//! | a plain struct | `#[derive(FromPyObject)]` above it, which reads its attributes, or `#[pyclass]` |
//! | a slice `&[X]` | `Vec<X>` |
//! | `&Path` | `PathBuf` |
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Mapping of Rust types to Python types](https://pyo3.rs/latest/conversions/tables.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::TypeOrigin;
use super::super::words::{is_own, wanted_from_python};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0727",
        "argument-without-conversion",
        include_str!("argument_without_conversion.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let name = wanted_from_python(error)?;
    if error.message.contains(": FromPyObject") {
        return None;
    }
    let advice = match name.strip_prefix('&') {
        Some(reference) => by_reference(reference, sources)?,
        None if is_own(&name) => by_value(&name, sources)?,
        None => return None,
    };
    Some(Advice::new(&name, advice))
}

/// What to take instead of a reference.
fn by_reference(reference: &str, sources: &Sources<'_>) -> Option<String> {
    let value = reference.strip_prefix("mut ").unwrap_or(reference);
    if let Some(elements) = value.strip_prefix('[') {
        let element = elements.split("; ").next()?.trim_end_matches(']');
        return Some(format!(
            "a Python list has no slice to borrow: take `Vec<{}>`",
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

/// What to take instead of a type by value.
fn by_value(name: &str, sources: &Sources<'_>) -> Option<String> {
    let stays = format!("an object of a class stays in Python: take `&{name}`");
    match sources.whose(name) {
        TypeOrigin::Class(class) if class.has_argument("from_py_object") => None,
        TypeOrigin::Class(_) if !sources.has_from_py_object() => Some(format!(
            "{stays}; to get a copy, write `#[derive(Clone)]` above `{name}`"
        )),
        TypeOrigin::Class(class) if sources.is_clone(name, &class) => Some(format!(
            "{stays}; to get a copy, write `#[pyclass(from_py_object)]` above `{name}`"
        )),
        TypeOrigin::Class(_) => Some(format!(
            "{stays}; to get a copy, write `#[pyclass(from_py_object)]` and `#[derive(Clone)]` above `{name}`"
        )),
        TypeOrigin::Plain(_) => Some(format!(
            "`#[derive(FromPyObject)]` above `{name}` reads it from attributes; for a class write `#[pyclass]`, and take `&{name}`"
        )),
        TypeOrigin::Unknown => Some(format!(
            "if `{name}` is a class, take `&{name}`; if it's a plain struct, `#[derive(FromPyObject)]` reads it from attributes"
        )),
        TypeOrigin::Elsewhere => None,
    }
}

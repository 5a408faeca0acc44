//! A value is given to Python, and its type has no conversion.
//!
//! What a function returns, and what is put into a Python collection, becomes a Python object. PyO3 knows how for numbers, strings, collections and
//! classes, and for types that implement `IntoPyObject`.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: `Point` cannot be converted to a Python object
//!  --> src/lib.rs:4:16
//!   | fn origin() -> Point { Point { x: 0.0 } }
//! ```
//!
//! ## What to do
//!
//! Make the type a class, or derive a conversion to a dict:
//!
//! ```rust,ignore
//! #[pyclass]
//! struct Point { x: f64 }
//! ```
//!
//! ```rust,ignore
//! #[derive(IntoPyObject)]
//! struct Point { x: f64 }
//! ```
//!
//! For a type of another crate, return something that PyO3 can convert, such as a number, a `String` or a `Vec`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Conversion traits](https://pyo3.rs/latest/conversions/traits.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::TypeOrigin;
use super::super::words::{
    between, class_or_dict, is_own, misses_map_err, unconvertible, without_paths,
};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0723",
        "value-without-conversion",
        include_str!("value_without_conversion.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    if let Some(name) = between(
        &error.message,
        "no method named `into_pyobject` found for struct `",
        "`",
    ) {
        return matches!(sources.whose(name), TypeOrigin::Plain(_))
            .then(|| Advice::new(name, class_or_dict(name)));
    }
    let name = unconvertible(error)?;
    // PyO3 before 0.30 names the whole result.
    let name = name
        .strip_prefix("Result<")
        .and_then(|rest| rest.strip_suffix(", PyErr>"))
        .unwrap_or(name);
    let base = name.split('<').next().unwrap_or(name);
    if let Some(advice) = of_serde(base, sources) {
        return Some(Advice::new(name, advice));
    }
    let is_borrowing = name != base;
    let advice = match sources.whose(base) {
        // A class can't borrow.
        TypeOrigin::Plain(_) if is_borrowing => {
            format!("write `#[derive(IntoPyObject)]` above `{base}` to give Python a dict")
        }
        TypeOrigin::Plain(_) => class_or_dict(base),
        TypeOrigin::Unknown if is_own(name) => class_or_dict(name),
        TypeOrigin::Elsewhere if is_own(base) => format!(
            "a `{}` can't be converted to a Python object: return something that can, such as a number, a `String` or a `Vec`, or a class of your own",
            without_paths(name)
        ),
        _ => return None,
    };
    Some(Advice::new(name, advice))
}

/// What serde's formats have for any value. The crate `pythonize` makes Python objects of it.
fn of_serde(name: &str, sources: &Sources<'_>) -> Option<String> {
    const FORMATS: [&str; 3] = ["serde_json", "serde_yaml", "toml"];
    let format = FORMATS.into_iter().find(|format| {
        sources.dependencies.on(format).is_some()
            && (name == format!("{format}::Value") || name == "Value")
    })?;
    matches!(sources.whose("Value"), TypeOrigin::Elsewhere | TypeOrigin::Unknown).then(|| {
        format!(
            "the crate `pythonize` makes Python objects of everything that serde can serialize: add it, return `PyResult<Bound<'_, PyAny>>`, and end with `Ok(pythonize::pythonize(py, &value)?)`; or return a `String` of `{format}`"
        )
    })
}

fn is_consequence(subject: &str, error: &CompilerError) -> bool {
    // PyO3 before 0.30 then takes the result for a value.
    let label = error.label.as_deref().unwrap_or_default();
    let is_wrapped = label.contains(&format!("expected `Result<Result<{subject}, "));
    is_wrapped || misses_map_err(subject, error)
}

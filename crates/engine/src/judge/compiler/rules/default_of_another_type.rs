//! A default in `#[pyo3(signature = …)]` isn't of its parameter's type.
//!
//! PyO3's macro puts the default where the argument would be, so it has to be a Rust value of the parameter's type.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0308]: `?` operator has incompatible types
//!  --> src/lib.rs:4:31
//!   | fn join(a: String, separator: String) -> String { a + &separator }
//! ```
//!
//! ## What to do
//!
//! Write a default of that type, or change the parameter: `&str` for a string in double quotes, `Option` for `None`:
//!
//! ```rust,ignore
//! #[pyfunction]
//! #[pyo3(signature = (a, separator = "-", times = None))]
//! fn join(a: String, separator: &str, times: Option<u32>) -> String {
//!     a + &separator.repeat(times.unwrap_or(1) as usize)
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Function signatures](https://pyo3.rs/latest/function/signature.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0726",
        "default-of-another-type",
        include_str!("default_of_another_type.rs"),
    ),
    explain,
);

/// PyO3's macro writes a `?` where the function has none.
fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
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
        (Some(wanted @ ("String" | "&str")), Some("char")) => {
            let default = match sources.character_default(place) {
                Some((name, letter)) => format!("`{name} = \"{letter}\"` in the signature"),
                None => "write the default in double quotes".to_owned(),
            };
            // A default in double quotes is a `&str`.
            let parameter = if wanted == "String" {
                ", and `&str` as the type of the parameter"
            } else {
                ""
            };
            format!(
                "single quotes make a `char`; strings take double quotes: {default}{parameter}"
            )
        }
        (Some("String"), Some("&str" | "&'static str")) => {
            "the parameter is a `String` and its default a `&str`: write the parameter as `&str`, or the default as `String::from(\"…\")`".to_owned()
        }
        (Some(wanted), Some(found)) if !found.contains("Option<") => format!(
            "the default in `#[pyo3(signature = …)]` is a `{found}`, and its parameter a `{wanted}`: write a value of that type"
        ),
        _ => "the default in `#[pyo3(signature = …)]` doesn't fit its parameter: write a value of the parameter's type; for `None` the parameter is an `Option`".to_owned(),
    };
    Some(Advice::new("", advice))
}

//! An argument from Python does not fit the Rust type.
//!
//! PyO3 converts each argument to the type of the parameter. What does not fit becomes a `TypeError`, with the
//! parameter's name:
//!
//! ```text
//! TypeError: 'int' object is not an instance of 'str'
//! while processing 'x'
//!
//! TypeError: argument 'x': 'str' object cannot be converted to 'PyInt'
//! TypeError: argument 'x': 'float' object cannot be interpreted as an integer
//! ```
//!
//! The last two are of PyO3 before 0.29.
//!
//! ## Example
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn greet(name: String) -> String { format!("hello {name}") }
//! ```
//!
//! called as `greet(3)`.
//!
//! ## What to do
//!
//! Pass what the parameter's type asks for, or take a type that fits what is passed: `f64` for floats, `Option<T>`
//! where `None` may come, `Bound<'_, PyAny>` for anything.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Mapping of Rust types to Python types](https://pyo3.rs/latest/conversions/tables.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};

pub(crate) static RULE: Rule = Rule::new("WR0303", "conversion", include_str!("conversion.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, found, wanted) = output.lines().find_map(|line| {
        let (found, wanted) = mismatch(line)?;
        Some((line, found, wanted))
    })?;
    // Without PyO3's name of the parameter this may be Python's own message about something else.
    let parameter = output.parameter(line)?;
    if found == wanted {
        return None;
    }
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("the argument `{parameter}` is of type `{found}`, which does not fit"),
            )
            .because(Evidence::mismatch(
                format!("type of `{parameter}`"),
                wanted,
                found,
            ))
            .hint("pass a value of the expected type, or change the parameter's type in Rust"),
    )
}

/// What was found, and what was wanted.
pub(super) fn mismatch(line: &str) -> Option<(String, String)> {
    let (_, message) = line.split_once("TypeError: ")?;
    let found = between(message, "'", "' object ").map(|found| {
        // The name of the parameter may stand before it, in quotation marks too.
        found.rsplit('\'').next().unwrap_or(found)
    })?;
    let (_, rest) = message.split_once("' object ")?;
    if rest.starts_with("cannot be interpreted as an integer") {
        return Some((found.to_owned(), "int".to_owned()));
    }
    [
        "is not an instance of '",
        "cannot be converted to '",
        "cannot be cast as '",
    ]
    .iter()
    .find_map(|mark| rest.strip_prefix(mark))
    .and_then(|rest| rest.split('\'').next())
    .map(|wanted| (found.to_owned(), wanted.to_owned()))
}

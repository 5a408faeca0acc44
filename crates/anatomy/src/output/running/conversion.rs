//! An argument from Python does not fit the Rust type.
//!
//! PyO3 converts each argument to the type of the parameter. What does not fit becomes a `TypeError`, with the
//! parameter's name:
//!
//! ```text
//! TypeError: 'int' object is not an instance of 'str'
//! while processing 'x'
//! TypeError: 'generator' object is not an instance of 'Sequence'
//! while processing 'x'
//!
//! TypeError: argument 'x': 'str' object cannot be converted to 'PyInt'
//! TypeError: argument 'x': 'float' object cannot be interpreted as an integer
//! ```
//!
//! The last two are of PyO3 before 0.29. A `Vec` asks for a `Sequence`.
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
//! where `None` may come, `Bound<'_, PyAny>` for anything. Where the argument is a list, it may be one of its items that does not fit.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Mapping of Rust types to Python types](https://pyo3.rs/latest/conversions/tables.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};

pub(crate) static RULE: Rule = Rule::new("WR0303", "conversion", include_str!("conversion.rs"));

/// What PyO3 asks for where a `Vec` is to be made.
const SEQUENCE: &str = "Sequence";

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
    let hint = if wanted == SEQUENCE {
        "pass a sequence, such as a list or a tuple; or take `Bound<'_, PyAny>` and go through it with `try_iter`, as a `for` loop does"
    } else {
        "pass a value of the expected type, or change the parameter's type in Rust"
    };
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("the argument `{parameter}` does not fit: `{found}` where `{wanted}` is expected"),
            )
            // It may be what is inside of the argument, such as one of a list.
            .because(Evidence::mismatch(
                format!("type in `{parameter}`"),
                wanted,
                found,
            ))
            .hint(hint),
    )
}

/// What was found, and what was wanted.
pub(super) fn mismatch(line: &str) -> Option<(String, String)> {
    let (_, message) = line.split_once("TypeError: ")?;
    // PyO3 names no type of `None`; a `Vec` takes any sequence but a string; and of a float it is Python itself that asks.
    if let Some(wanted) = between(message, "'None' is not an instance of '", "'") {
        return Some(("None".to_owned(), wanted.to_owned()));
    }
    if message.contains("Can't extract `str` to `Vec`") {
        return Some(("str".to_owned(), SEQUENCE.to_owned()));
    }
    if let Some((_, found)) = message.split_once("must be real number, not ") {
        return Some((found.trim().to_owned(), "float".to_owned()));
    }
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

//! An argument from Python doesn't fit the Rust type.
//!
//! PyO3 converts each argument to the parameter's type. If it doesn't fit, you get a `TypeError` with the parameter's
//! name:
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
//! The last two come from PyO3 before 0.29. A `Vec` requires a `Sequence`.
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
//! Pass what the parameter's type requires, or change the type to fit what's passed: `f64` for floats, `Option<T>` if
//! it can be `None`, `Bound<'_, PyAny>` for anything. If the argument is a list, one of its items may be what doesn't
//! fit.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Mapping of Rust types to Python types](https://pyo3.rs/latest/conversions/tables.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};

pub(crate) static RULE: Rule = Rule::new("WR0303", "conversion", include_str!("conversion.rs"));

/// What PyO3 asks for when it converts to a `Vec`.
const SEQUENCE: &str = "Sequence";

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, found, wanted) = output.lines().find_map(|line| {
        let (found, wanted) = mismatch(line)?;
        Some((line, found, wanted))
    })?;
    // If PyO3 doesn't name a parameter, this may be Python's own message about something else.
    let parameter = output.parameter(line)?;
    if found == wanted {
        return None;
    }
    let hint = if wanted == SEQUENCE {
        "pass a sequence, such as a list or a tuple; or take `Bound<'_, PyAny>` and iterate over it with `try_iter`, like \
         a `for` loop does"
    } else {
        "pass a value of the expected type, or change the parameter's type in Rust"
    };
    Some(
        output
            .finding(
                &RULE,
                line,
                format!(
                    "the argument `{parameter}` doesn't fit: got `{found}`, expected `{wanted}`"
                ),
            )
            // It may be something inside the argument, such as an item in a list.
            .because(Evidence::mismatch(
                format!("type in `{parameter}`"),
                wanted,
                found,
            ))
            .hint(hint),
    )
}

/// The type that PyO3 found and the type that it expected.
pub(super) fn mismatch(line: &str) -> Option<(String, String)> {
    let (_, message) = line.split_once("TypeError: ")?;
    // PyO3 doesn't name the type of `None`; a `Vec` accepts any sequence except a string; and for a float, the message
    // comes from Python itself.
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
        // The parameter's name may come first, also in quotation marks.
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

//! A Rust panic crossed into Python.
//!
//! Rust code panicked: it hit something it considers impossible (an index out of bounds, an `unwrap` on `None`). PyO3
//! catches the panic and raises it in Python as `PanicException`, which `except Exception` doesn't catch:
//!
//! ```text
//! thread '<unnamed>' panicked at src/lib.rs:17:13:
//! index out of bounds: the len is 0 but the index is 3
//! pyo3_runtime.PanicException: index out of bounds: the len is 0 but the index is 3
//! ```
//!
//! ## Example
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn first(items: Vec<i64>) -> i64 {
//!     items[0]
//! }
//! ```
//!
//! ## What to do
//!
//! Make the function return `PyResult`, with an error that Python understands:
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn first(items: Vec<i64>) -> PyResult<i64> {
//!     items.first().copied().ok_or_else(|| PyIndexError::new_err("the list is empty"))
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Error handling](https://pyo3.rs/latest/function/error-handling.html), its API documentation under
//! [PanicException](https://docs.rs/pyo3/latest/pyo3/panic/struct.PanicException.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use diagnostic::SourceLocation;

use crate::output::OutputContext;
use crate::output::text::{Output, rust_location};

use super::unfinished::is_todo;

/// The rule itself, for callers that know the cause from evidence other than printed output.
pub static RULE: Rule = Rule::new("WR0302", "panic", include_str!("panic.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    // Only panics that reached Python: one that a Rust test expects isn't a mistake.
    output.line_with(&["PanicException: "])?;
    let panics: Vec<_> = panics(output)
        .filter(|(_, message)| !is_todo(message) && !message.contains("is unsendable, but"))
        .collect();
    let (place, line) = panics
        .iter()
        .find(|(place, _)| place.is_some())
        .or(panics.first())
        .cloned()?;
    let message = line
        .trim()
        .trim_start_matches("pyo3_runtime.PanicException: ");
    let finding = RULE.finding(format!(
        "a Rust panic crossed into Python: {}",
        shorten(message)
    ));
    let finding = match place {
        Some(place) => finding.because(Evidence::at_text(place, message)),
        None => finding.because(output.evidence(line)),
    };
    Some(
        finding
            .hint("instead of panicking, return `PyResult` with an error such as `PyValueError`"),
    )
}

/// The panics in the output, each with its location, if known, and the line with its message.
pub(super) fn panics<'text>(
    output: &'text Output<'_>,
) -> impl Iterator<Item = (Option<SourceLocation>, &'text str)> {
    let lines: Vec<&str> = output.lines().collect();
    let reported: Vec<_> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| {
            let (_, rest) = line
                .split_once("panicked at ")
                .filter(|_| line.contains("thread '"))?;
            // Before Rust 1.73 the message came first, in quotation marks, on the same line.
            if let Some((message, place)) = rest.rsplit_once("', ") {
                return Some((rust_location(place), message.trim_start_matches('\'')));
            }
            Some((
                rust_location(rest),
                lines.get(index + 1).copied().unwrap_or(""),
            ))
        })
        .collect();
    let raised: Vec<_> = lines
        .into_iter()
        .filter(|line| line.contains("PanicException: "))
        .map(|line| (None, line.trim()))
        .collect();
    reported.into_iter().chain(raised)
}

fn shorten(message: &str) -> String {
    const LONGEST: usize = 120;
    if message.chars().count() <= LONGEST {
        return message.to_owned();
    }
    message.chars().take(LONGEST).chain(['…']).collect()
}

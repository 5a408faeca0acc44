//! The code reached a `todo!()`.
//!
//! `todo!()` and `unimplemented!()` mark code that is still to be written. Reached, they panic, and PyO3 turns the
//! panic into an exception of Python:
//!
//! ```text
//! thread '<unnamed>' panicked at src/lib.rs:12:5:
//! not yet implemented
//! pyo3_runtime.PanicException: not yet implemented
//! ```
//!
//! ## Example
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn double(x: i64) -> i64 {
//!     todo!()
//! }
//! ```
//!
//! ## What to do
//!
//! Write what stands in its place; the message says in which file and line it is.
//!
//! ## Where it is specified
//!
//! Rust's API documentation under [todo!](https://doc.rust-lang.org/std/macro.todo.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

use super::panic::panics;

/// The rule, for whoever knows the same from other evidence than a text.
pub static RULE: Rule = Rule::new("WR0301", "unfinished", include_str!("unfinished.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (place, line) = panics(output).find(|(_, message)| is_todo(message))?;
    let finding = RULE.finding("the code reached a `todo!()`: this part is still to be written");
    let finding = match place {
        Some(place) => finding.because(Evidence::at_text(place, line.trim())),
        None => finding.because(output.evidence(line)),
    };
    Some(finding.hint("write what stands in its place"))
}

/// What `todo!` and `unimplemented!` say, with or without a message of their own.
pub(crate) fn is_todo(message: &str) -> bool {
    let message = message
        .trim()
        .trim_start_matches("pyo3_runtime.PanicException: ");
    ["not yet implemented", "not implemented"]
        .iter()
        .any(|start| {
            message
                .strip_prefix(start)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(": "))
        })
}

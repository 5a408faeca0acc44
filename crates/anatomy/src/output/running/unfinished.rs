//! The code reached a `todo!()`.
//!
//! `todo!()` and `unimplemented!()` mark code that still has to be written. When they run, they panic, and PyO3 turns
//! the panic into a Python exception:
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
//! Replace it with the missing code; the message gives the file and line.
//!
//! ## Where it is specified
//!
//! Rust's API documentation under [todo!](https://doc.rust-lang.org/std/macro.todo.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

use super::panic::panics;

/// The rule itself, for callers that know the cause from evidence other than printed output.
pub static RULE: Rule = Rule::new("WR0301", "unfinished", include_str!("unfinished.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (place, line) = panics(output).find(|(_, message)| is_todo(message))?;
    let finding = RULE.finding("the code reached a `todo!()`: this part still has to be written");
    let finding = match place {
        Some(place) => finding.because(Evidence::at_text(place, line.trim())),
        None => finding.because(output.evidence(line)),
    };
    Some(finding.hint("replace it with the missing code"))
}

/// What `todo!` and `unimplemented!` print, with or without a custom message.
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

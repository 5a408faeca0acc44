//! A test ended with an exception that it did not expect.
//!
//! Not an assertion failed; something raised. The finding names the exception and the last line of your project that it
//! passed through.
//!
//! ## Example
//!
//! ```text
//! KeyError: 'EUR'
//! ```
//!
//! ## What to do
//!
//! Look at the named line: the exception was raised there, or in what that line calls.
//!
//! ## Where it is specified
//!
//! The Python tutorial, "Errors and Exceptions"; PyO3's guide, "Conversions between Rust and Python".

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new("WR0354", "test-error", include_str!("test_error.rs"));

pub(crate) fn finding(test: &str, error: &str, place: Option<SourceLocation>) -> Diagnostic {
    let finding = RULE.finding(format!(
        "{test} raised {}",
        error.lines().next().unwrap_or_default()
    ));
    match place {
        Some(place) => finding.because(Evidence::at_text(place, error)),
        None => finding.because(Evidence::output("test", error)),
    }
}

//! A test ended with an exception that it did not expect.
//!
//! Not an assertion failed; something raised. The finding names the exception and the last line of your project that it
//! passed through.
//!
//! ## Example
//!
//! ```text
//! TypeError: argument 'name': 'int' object cannot be converted to 'PyString'
//! ```
//!
//! ## What to do
//!
//! An exception whose text names an argument was raised at the border: Python passed a value that the Rust signature does
//! not accept. Any other was raised by your code, or by what it called.
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

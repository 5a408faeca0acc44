//! A test ended with an exception that it did not expect.
//!
//! No assertion failed; the code raised an exception. The finding names the exception and the last line of your
//! project that it passed through.
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
    let (first, rest) = error.split_once('\n').unwrap_or((error, ""));
    let rest = rest.trim_end();
    let finding = RULE.finding(format!("{test} raised {first}"));
    // The evidence doesn't repeat the message.
    match (place, rest) {
        (Some(place), "") => finding.because(Evidence::at(place)),
        (Some(place), rest) => finding.because(Evidence::at_text(place, rest)),
        (None, "") => finding,
        (None, rest) => finding.because(Evidence::output("test", rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exception_is_shown_once() {
        let place = SourceLocation::line("test_it.py", 3);
        let found = finding("a", "KeyError: 'EUR'", Some(place.clone()));
        assert_eq!(found.message, "a raised KeyError: 'EUR'");
        assert_eq!(found.evidence, [Evidence::at(place.clone())]);
        let longer = finding(
            "a",
            "ValueError: no\nwhile processing 'x'",
            Some(place.clone()),
        );
        assert_eq!(longer.message, "a raised ValueError: no");
        assert_eq!(
            longer.evidence,
            [Evidence::at_text(place, "while processing 'x'")]
        );
    }
}

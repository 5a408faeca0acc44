//! A test failed: what the code does differs from what the test expects.
//!
//! The extension was built, imported and called; the test compared the result with what it expects, and they differ.
//! The finding names the test, the line of the comparison, and the values on both sides as the test saw them.
//!
//! ## Example
//!
//! ```text
//!     def test_two():
//! >       assert two() == 2
//! E       assert 3 == 2
//! ```
//!
//! It is as well a failed expectation when a test waits for an exception with `pytest.raises` and none comes: then the finding
//! names the exception that was expected.
//!
//! ## What to do
//!
//! Read the test first, it is short: what does it pass in, and what does it expect back? Then follow the call into your
//! own code with exactly those values.
//!
//! ## Where it is specified
//!
//! pytest's documentation, "How to write and report assertions in tests".

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new("WR0353", "test-failed", include_str!("test_failed.rs"));

pub(crate) fn finding(test: &str, text: &str, place: Option<SourceLocation>) -> Diagnostic {
    let mut finding = RULE.finding(format!("{test} failed"));
    finding = match place {
        Some(place) => finding.because(Evidence::at_text(place, text)),
        None => finding.because(Evidence::output("test", text)),
    };
    finding
}

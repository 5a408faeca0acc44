//! A test failed: the result isn't what the test expects.
//!
//! The extension was built, imported and called, but the result differs from what the test expects. The finding
//! names the test, the line of the comparison, and the values that were compared.
//!
//! ## Example
//!
//! ```text
//!     def test_two():
//! >       assert two() == 2
//! E       assert 3 == 2
//! ```
//!
//! A test also fails if it expects an exception with `pytest.raises` and nothing is raised: then the finding names
//! the expected exception.
//!
//! ## What to do
//!
//! Read the test first, it's short: what does it pass in, and what does it expect back? Then follow the call into
//! your own code with exactly those values.
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

//! No test ran, or a required test didn't pass, so the code hasn't been verified.
//!
//! A run without tests isn't a success, and neither is a skipped test: an exercise names the tests that have to
//! pass. pytest collects functions named `test_…` in files named `test_….py`; cargo runs functions with the
//! attribute `#[test]`.
//!
//! ## Example
//!
//! A file was renamed from `test_sample.py` to `sample_tests.py`, so pytest ignores it:
//!
//! ```text
//! collected 0 items
//! ============ no tests ran in 0.01s ============
//! ```
//!
//! ## What to do
//!
//! Restore the exercise's tests (`git checkout -- PATH`), or look for what deselects them: a `-k` or `-m` in the
//! pytest configuration, or a `#[cfg]`.
//!
//! ## Where it is specified
//!
//! pytest's documentation, "Conventions for Python test discovery".

use diagnostic::{Diagnostic, Rule, some};

pub(crate) const RULE: Rule = Rule::new("WR0357", "no-tests", include_str!("no_tests.rs"));

/// How many tests are named.
const SHOWN: usize = 3;

/// The finding when tests that the exercise requires were skipped or not collected.
pub(crate) fn not_passed(missing: &[&str]) -> Diagnostic {
    RULE.finding(format!(
        "these tests have to pass, but didn't run to the end: {}",
        some(missing, SHOWN)
    ))
    .hint("look for what skips or deselects them: `pytest.skip` in what they call, or the pytest configuration")
}

pub(crate) fn finding(what: &str) -> Diagnostic {
    RULE.finding(format!("no test ran: {what}"))
        .hint("tests are files named test_….py with functions named test_…, or Rust functions with #[test]")
}

//! The test process exited before its tests finished.
//!
//! The process that ran the tests exited by itself before all of them had run: something called `os._exit`,
//! `std::process::exit`, `pytest.exit` or the like. That never counts as success, whatever the exit status.
//!
//! ## Example
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn check(value: i64) {
//!     if value < 0 {
//!         std::process::exit(0);
//!     }
//! }
//! ```
//!
//! This takes the interpreter down with it: pytest stops in the middle of a line, without a summary and with status
//! 0.
//!
//! ## What to do
//!
//! Return from the function instead of exiting the process, and raise an exception to report failure. A library
//! must never decide when the program that uses it exits.
//!
//! ## Where it is specified
//!
//! Python's documentation of `os._exit`; Rust's of `std::process::exit`.

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new("WR0358", "ended-early", include_str!("ended_early.rs"));

pub(crate) fn finding(status: i32, during: &str) -> Diagnostic {
    RULE.finding(format!(
        "the process exited {during}, with exit status {status}"
    ))
    .because(Evidence::mismatch(
        "end of the tests",
        "a report of all results",
        format!("exit status {status} without a report"),
    ))
    .hint("look for `os._exit`, `std::process::exit` or `abort` in what the test calls")
}

/// The finding when pytest reported success without running all tests.
pub(crate) fn short(ran: usize, of: usize) -> Diagnostic {
    RULE.finding(format!(
        "pytest reported success after only {ran} of {of} tests"
    ))
    .because(Evidence::mismatch(
        "tests that were run",
        of.to_string(),
        ran.to_string(),
    ))
    .hint("look for `pytest.exit` or `std::process::exit` in what the tests call")
}

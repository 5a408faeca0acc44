//! The process ended before its tests did.
//!
//! The process that ran the tests ended by itself, with an exit status of its own choosing, before all of them had run.
//! Something called `os._exit`, `std::process::exit`, `pytest.exit` or the like. That never counts as success, whatever the
//! status.
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
//! takes the interpreter down with it, and pytest ends in the middle of a line, without a summary and with status 0.
//!
//! ## What to do
//!
//! Return from the function in place of ending the process; raise an exception to report failure. Library code must leave
//! the end of the process to the program that uses it.
//!
//! ## Where it is specified
//!
//! Python's documentation of `os._exit`; Rust's of `std::process::exit`.

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new("WR0358", "ended-early", include_str!("ended_early.rs"));

pub(crate) fn finding(status: i32, during: &str) -> Diagnostic {
    RULE.finding(format!(
        "the process ended itself {during}, with exit status {status}"
    ))
    .because(Evidence::mismatch(
        "end of the tests",
        "a report of all results",
        format!("exit status {status} without one"),
    ))
    .hint("look for `os._exit`, `std::process::exit` or `abort` in what the test calls")
}

/// The finding that the tests were reported to be well, and not all of them were run.
pub(crate) fn short(ran: usize, of: usize) -> Diagnostic {
    RULE.finding(format!(
        "only {ran} of {of} tests were run, and then all was said to be well"
    ))
    .because(Evidence::mismatch(
        "tests that were run",
        of.to_string(),
        ran.to_string(),
    ))
    .hint("look for `pytest.exit` or `std::process::exit` in what the tests call")
}

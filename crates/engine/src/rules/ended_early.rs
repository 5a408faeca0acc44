//! The process ended before its tests did.
//!
//! The process that ran the tests ended by itself, with an exit status of its own choosing, before pytest had finished.
//! Something called `os._exit`, `std::process::exit` or the like. That never counts as success, whatever the status.
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

pub(crate) fn finding(status: i32, test: Option<&str>) -> Diagnostic {
    let during = test.map_or_else(
        || "before the first test".to_owned(),
        |test| format!("in {test}"),
    );
    RULE.finding(format!(
        "the process ended itself {during}, with exit status {status}"
    ))
    .because(Evidence::mismatch(
        "end of the tests",
        "pytest reports its own end",
        format!("exit status {status} without a report"),
    ))
    .hint("look for `os._exit`, `std::process::exit` or `abort` in what the test calls")
}

//! The process ended before its tests did.
//!
//! The process that ran the tests ended by itself, with an exit status of its own choosing, before pytest had finished.
//! Something called `os._exit`, `std::process::exit` or the like. That never counts as success, whatever the status.
//!
//! # How to fix it
//!
//! Return from the function in place of ending the process; raise an exception to report failure. Library code must leave
//! the end of the process to the program that uses it.
//!
//! # Where it is specified
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

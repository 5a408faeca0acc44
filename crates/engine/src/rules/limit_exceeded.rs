//! The tests exceeded a resource limit.
//!
//! `wr` limits what a run may use, so that a runaway exercise takes down neither the machine nor your editor. The
//! run exceeded one of these limits, and `wr` killed it along with everything it had started.
//!
//! ## Example
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn numbers() -> Vec<u64> {
//!     (0..).collect()
//! }
//! ```
//!
//! This fills the memory until the system kills some process, often an unrelated one:
//!
//! ```text
//! WR0360 the tests exceeded their limit of 4096 MiB memory
//! ```
//!
//! ## What to do
//!
//! Look for a collection that grows in an endless loop, or for processes that start processes. If the tests really
//! need that much, raise `memory_limit` (such as `"4GiB"`) or `process_limit` (such as `2000`) in the exercise's
//! `.wr.toml`, or run `wr` with `--memory-limit 4GiB`. By default, tests may use half of the machine's memory, have
//! 1,000 processes and print 256 MiB; those of an exercise may write files of 1 GiB each (`file_limit`).
//!
//! ## Where it is specified
//!
//! `wr`'s page on writing exercises, "Limits".

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "WR0360",
    "limit-exceeded",
    include_str!("limit_exceeded.rs"),
);

/// An amount of memory or of processes, with its unit if it has one.
pub(super) fn amount(what: &str, value: u64) -> String {
    match what {
        "memory" | "output" | "file" => format!("{} MiB", value / (1024 * 1024)),
        _ => value.to_string(),
    }
}

pub(crate) fn finding(what: &str, used: u64, most: u64, test: Option<&str>) -> Diagnostic {
    let amount = |value| amount(what, value);
    let during = test.map_or_else(String::new, |test| format!(" in {test}"));
    RULE.finding(format!(
        "the tests exceeded their limit of {} {what}{during}",
        amount(most)
    ))
    .because(Evidence::mismatch(what, amount(most), amount(used)))
    .hint(match what {
        "output" => "look for an endless loop that prints",
        "file" => "look for an endless loop that writes; `file_limit` in `.wr.toml` allows more",
        _ => "look for a collection that keeps growing, or for processes that start processes",
    })
}

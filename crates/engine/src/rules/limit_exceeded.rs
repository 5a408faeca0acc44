//! The tests used more than they may.
//!
//! `wr` bounds what a run may use, so that a runaway exercise takes down neither the machine nor the editor beside it. The
//! run went beyond a bound and was ended with everything it had started.
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
//! fills the memory until the system ends some process, often another one:
//!
//! ```text
//! WR0360 the tests went beyond their limit of 4096 MiB memory
//! ```
//!
//! ## What to do
//!
//! Look for a collection that grows in a loop without end, or for processes that start processes. When the use is honest,
//! raise `memory_limit` (such as `"4GiB"`) or `process_limit` (such as `2000`) in the exercise's `.wr.toml`, or call `wr` with
//! `--memory-limit 4GiB`. Where nobody sets a limit, tests may hold half of the machine's memory, have 1,000 processes and print
//! 256 MiB; those of an exercise may write files of 1 GiB each (`file_limit`).
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

/// An amount of memory or of processes, with its unit where it has one.
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
        "the tests went beyond their limit of {} {what}{during}",
        amount(most)
    ))
    .because(Evidence::mismatch(what, amount(most), amount(used)))
    .hint(match what {
        "output" => "look for a loop that prints without end",
        "file" => "look for a loop that writes without end; `file_limit` in `.wr.toml` allows more",
        _ => "look for a collection that grows without end, or for processes that start processes",
    })
}

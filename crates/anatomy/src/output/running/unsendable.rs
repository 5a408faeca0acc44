//! Another thread used or dropped an object that belongs to one thread.
//!
//! `#[pyclass(unsendable)]` is for types that must stay in the thread that created them. PyO3 enforces this:
//!
//! ```text
//! pyo3_runtime.PanicException: assertion `left == right` failed: fast::Cache is unsendable, but sent to another thread
//! RuntimeError: fast::Cache is unsendable, but is being dropped on another thread
//! ```
//!
//! ## Example
//!
//! A class with an `Rc` or a raw pointer inside, created in the main thread and used by a `ThreadPoolExecutor`, or
//! freed by Python's garbage collector, which can run in any thread.
//!
//! ## What to do
//!
//! If the sources are available, the finding points to the class's attribute. Make the type `Send` and `Sync` (`Arc`
//! instead of `Rc`, `Mutex` instead of `RefCell`), and drop `unsendable`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Thread safety](https://pyo3.rs/latest/class/thread-safety.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new("WR0307", "unsendable", include_str!("unsendable.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, rest) = output.lines().find_map(|line| {
        let (before, _) = line
            .split_once(" is unsendable, but sent to another thread")
            .or_else(|| {
                line.split_once(" is unsendable, but is being dropped on another thread")
            })?;
        Some((line, before))
    })?;
    let class = rest.rsplit(' ').next().unwrap_or(rest);
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("`{class}` belongs to one thread, but another one used or dropped it"),
            )
            .hint("make the type `Send` and `Sync` (`Arc`, `Mutex`) and drop `unsendable`"),
    )
}

//! An object that belongs to one thread was used or dropped by another.
//!
//! `#[pyclass(unsendable)]` is for types that must stay in the thread that made them. PyO3 watches over it:
//!
//! ```text
//! pyo3_runtime.PanicException: assertion `left == right` failed: fast::Cache is unsendable, but sent to another thread
//! RuntimeError: fast::Cache is unsendable, but is being dropped on another thread
//! ```
//!
//! ## Example
//!
//! A class with an `Rc` or a raw pointer inside, made in the main thread and used by a `ThreadPoolExecutor`; or
//! collected by Python's garbage collector, which runs in any thread.
//!
//! ## What to do
//!
//! The finding names the class's attribute where the sources are at hand. Make the type `Send` and `Sync`: `Arc` in the
//! place of `Rc`, `Mutex` in the place of `RefCell`, and drop `unsendable`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Thread safety](https://pyo3.rs/latest/class/thread-safety.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule.
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
                format!("`{class}` belongs to one thread, and another one used or dropped it"),
            )
            .hint("make the type `Send` and `Sync` (`Arc`, `Mutex`) and drop `unsendable`"),
    )
}

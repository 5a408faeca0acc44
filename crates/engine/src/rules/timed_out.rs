//! The tests did not come to an end within their time limit.
//!
//! `wr` ended them, with everything they had started. A loop whose condition never changes, or two threads that wait for
//! each other, are the usual reasons. When no processor time was used, suspect a deadlock: a thread that holds a lock waits
//! for the interpreter, while the one that holds the interpreter waits for that lock.
//!
//! ## Example
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn wait(py: Python<'_>, shared: &Shared) {
//!     let _guard = shared.lock.lock();
//!     // The thread that is joined needs the interpreter, which this one holds.
//!     shared.worker.join();
//! }
//! ```
//!
//! never returns, and pytest shows nothing more:
//!
//! ```text
//! tests/test_sample.py::test_wait
//! ```
//!
//! ## What to do
//!
//! Look at the named line: it was running when the time was up. For a deadlock, detach from the interpreter
//! (`Python::detach`) before waiting for anything else. When the work is honest and merely long, raise `time_limit`
//! (in seconds) in the exercise's `.wr.toml`, or pass `--time-limit`.
//!
//! ## Where it is specified
//!
//! PyO3's guide, "Parallelism".

use std::time::Duration;

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new("WR0359", "timed-out", include_str!("timed_out.rs"));

pub(crate) fn finding(
    limit: Duration,
    during: Option<&str>,
    place: Option<SourceLocation>,
    trace: &str,
) -> Diagnostic {
    let seconds = limit.as_secs_f64();
    let mut finding = RULE.finding(match during {
        Some(during) => format!("no end after {seconds} s, in {during}"),
        None => format!("no end after {seconds} s"),
    });
    if let Some(place) = place {
        finding = finding.because(Evidence::at_text(place, "running when the time was up"));
    }
    if !trace.trim().is_empty() {
        finding = finding.because(Evidence::output("faulthandler", trace.trim()));
    }
    finding
        .hint("look for a loop that never ends, or threads that wait for each other, at that line")
}

//! The tests did not come to an end within their time limit.
//!
//! `wr` ended them, with everything they had started. The usual reasons are:
//!
//! - a loop whose condition never changes;
//! - a lock that this very thread holds already: Python is called while a `MutexGuard` is alive, and what it calls asks for
//!   the same lock;
//! - two threads that wait for each other: one waits in Rust (`lock`, `join`, `recv`) while it is attached to the
//!   interpreter, and the one it waits for needs the interpreter to go on;
//! - a thread that waits (`join`, `recv`) for one that waits for it: a `recv` comes to its end only when every sender is
//!   dropped, also the one that the waiting thread itself still holds.
//!
//! On Linux, `wr` looks just before it ends them whether they compute or wait, and in which function of Rust. If that leaves one
//! cause, the finding names it: work that is done while attached to the interpreter, a loop that never asks for signals, a wait
//! that holds the interpreter, or a thread pool that a fork has lost. Otherwise the help lists what it may be.
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
//! Look at the named line: it was running when the time was up. Where a guard is alive, take out what is needed and drop it
//! before Python is called. Where a thread waits for another, detach from the interpreter before (`Python::detach`), or lock
//! with `lock_py_attached`, which does so by itself. A long loop in Rust should run inside `py.detach(|| …)`, and call
//! `py.check_signals()?` every so often if Ctrl-C is to end it. Where it is a channel that never ends, drop the sender before the `join`. When the work is honest and merely long, raise `time_limit`
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
    finding.hint(help(trace, "look there for a loop that never ends, "))
}

/// The help where it is known that the run waited and did not compute.
pub(crate) fn help_for_waiting(trace: &str) -> String {
    help(trace, "it waits and doesn't compute: look there for ")
}

fn help(trace: &str, beginning: &str) -> String {
    let help = format!(
        "{beginning}a lock that this very thread already holds (is Python called while a `MutexGuard` is alive?), or a thread that waits (`join`, `recv`) for one that waits for it (a sender that is not dropped)"
    );
    if threads(trace) > 1 {
        format!(
            "{help}; or one thread waits in Rust (`lock`, `join`, `recv`) while it is attached: `py.detach` before it waits, or `lock_py_attached`"
        )
    } else {
        help
    }
}

/// What is said only where Python calls, and what is said elsewhere.
pub(crate) const OF_PYTHON: &[(&str, &str)] =
    &[(" (is Python called while a `MutexGuard` is alive?)", "")];

/// How many threads `faulthandler` tells of.
fn threads(trace: &str) -> usize {
    trace
        .lines()
        .filter(|line| line.starts_with("Thread ") || line.starts_with("Current thread "))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(trace: &str) -> String {
        finding(Duration::from_secs(1), None, None, trace)
            .hint
            .unwrap()
    }

    #[test]
    fn several_threads_may_wait_for_each_other() {
        let one = "Timeout (0:00:01)!\nThread 0x1 (most recent call first):\n  File \"a.py\", line 1 in f";
        assert!(hint(one).contains("`MutexGuard`") && !hint(one).contains("py.detach"));
        assert!(hint(one).contains("a sender that is not dropped"));
        let two =
            format!("{one}\n\nThread 0x2 (most recent call first):\n  File \"a.py\", line 2 in g");
        assert!(hint(&two).contains("py.detach"));
    }
}

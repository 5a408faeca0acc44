//! The tests didn't finish within their time limit.
//!
//! `wr` killed them, along with everything they had started. The usual reasons are:
//!
//! - an endless loop, whose condition never changes;
//! - a lock that this thread already holds: Python is called while a `MutexGuard` is alive, and what it calls asks
//!   for the same lock;
//! - two threads that wait for each other: one waits in Rust (`lock`, `join`, `recv`) while it's attached to the
//!   interpreter, and the other needs the interpreter to continue;
//! - a thread that waits (`join`, `recv`) for one that waits for it: a `recv` ends only when every sender has been
//!   dropped, including the one that the waiting thread itself still holds.
//!
//! On Linux, `wr` checks just before it kills them whether they are computing or waiting, and in which Rust
//! function. If that leaves only one cause, the finding names it: work done while attached to the interpreter, a
//! loop that never checks for signals, a wait that holds the interpreter, or a thread pool whose threads were lost
//! in a fork. Otherwise the help lists the possible causes.
//!
//! ## Example
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn wait(py: Python<'_>, shared: &Shared) {
//!     let _guard = shared.lock.lock();
//!     // The joined thread needs the interpreter, which this thread holds.
//!     shared.worker.join();
//! }
//! ```
//!
//! This never returns, and pytest prints nothing more:
//!
//! ```text
//! tests/test_sample.py::test_wait
//! ```
//!
//! ## What to do
//!
//! Look at the named line: it was running when the time was up.
//!
//! - If a guard is alive, take out what you need and drop it before you call Python.
//! - If a thread waits for another, detach from the interpreter first (`Python::detach`), or lock with
//!   `lock_py_attached`, which does that by itself.
//! - Run a long loop in Rust inside `py.detach(|| …)`, and call `py.check_signals()?` every so often if Ctrl-C
//!   should stop it.
//! - If a channel never ends, drop the sender before the `join`.
//! - If the work is just slow, raise `time_limit` (in seconds) in the exercise's `.wr.toml`, or pass
//!   `--time-limit`.
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
        Some(during) => format!("timed out after {seconds} s in {during}"),
        None => format!("timed out after {seconds} s"),
    });
    if let Some(place) = place {
        finding = finding.because(Evidence::at_text(place, "running when the time was up"));
    }
    if !trace.trim().is_empty() {
        finding = finding.because(Evidence::output("faulthandler", trace.trim()));
    }
    finding.hint(help(trace, "look there for an endless loop, "))
}

/// The help when the run is known to have been waiting, not computing.
pub(crate) fn help_for_waiting(trace: &str) -> String {
    help(trace, "it's waiting, not computing: look there for ")
}

fn help(trace: &str, beginning: &str) -> String {
    let help = format!(
        "{beginning}a lock that this thread already holds (is Python called while a `MutexGuard` is alive?), or a thread that waits (`join`, `recv`) for one that waits for it (a sender that is never dropped)"
    );
    if threads(trace) > 1 {
        format!(
            "{help}; or one thread waits in Rust (`lock`, `join`, `recv`) while it is attached: use `py.detach` before it waits, or `lock_py_attached`"
        )
    } else {
        help
    }
}

/// Wording for code that Python calls, and its replacement for other code.
pub(crate) const OF_PYTHON: &[(&str, &str)] =
    &[(" (is Python called while a `MutexGuard` is alive?)", "")];

/// How many threads `faulthandler` lists.
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
        assert!(hint(one).contains("a sender that is never dropped"));
        let two =
            format!("{one}\n\nThread 0x2 (most recent call first):\n  File \"a.py\", line 2 in g");
        assert!(hint(&two).contains("py.detach"));
    }
}

//! A lock's guard leaves the code that runs detached.
//!
//! Waiting for a lock inside `detach` (`allow_threads` before PyO3 0.26) is right: a thread that waits attached can block the one that holds the lock. But the
//! guard can't leave the closure.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: the trait bound `std::sync::MutexGuard<'_, u32>: Ungil` is not satisfied
//!  --> src/lib.rs:7:40
//!   | *py.detach(|| self.n.lock().unwrap()) += 1;
//! ```
//!
//! ## What to do
//!
//! Do all the locked work inside the closure:
//!
//! ```rust,ignore
//! py.detach(|| *self.n.lock().unwrap() += 1);
//! ```
//!
//! Or let PyO3 detach only while the thread waits. For a `Mutex` that's possible since PyO3 0.24, for an `RwLock` since 0.27:
//!
//! ```rust,ignore
//! use pyo3::sync::MutexExt;
//!
//! *self.n.lock_py_attached(py).unwrap() += 1;
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's API documentation under [`MutexExt`](https://docs.rs/pyo3/latest/pyo3/sync/trait.MutexExt.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0734",
        "guard-from-detached-code",
        include_str!("guard_from_detached_code.rs"),
    ),
    explain,
);

/// A guard, the method that gets it without leaving the interpreter, its trait, and the first minor version that has it.
const GUARDS: [(&str, &str, &str, u32); 3] = [
    ("MutexGuard", "lock_py_attached(py)", "MutexExt", 24),
    ("RwLockReadGuard", "read_py_attached(py)", "RwLockExt", 27),
    ("RwLockWriteGuard", "write_py_attached(py)", "RwLockExt", 27),
];

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let name = between(
        &error.message,
        "the trait bound `",
        ": Ungil` is not satisfied",
    )?;
    let (kind, _) = name.split_once('<')?;
    let kind = kind.rsplit("::").next()?;
    let (guard, call, of, since) = GUARDS.iter().find(|(guard, ..)| *guard == kind)?;
    let advice = if sources.has(*since) {
        format!(
            "a guard can't leave the closure: use `{call}` (with `use pyo3::sync::{of};`), or do all the locked work inside the closure"
        )
    } else {
        "a guard can't leave the closure: do all the locked work inside it".to_owned()
    };
    Some(Advice::new(guard, advice))
}

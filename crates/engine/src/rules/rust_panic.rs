//! A Rust panic crossed into Python.
//!
//! A panic is Rust's way to say that something happened that the code did not provide for. PyO3 stops it at the border and
//! raises `pyo3_runtime.PanicException` in Python. That class derives from `BaseException`, so that `except Exception`
//! does not swallow it: a panic is a bug in the extension, not an error for callers to handle.
//!
//! # Example
//!
//! ```text
//! thread '<unnamed>' panicked at src/lib.rs:7:19:
//! called `Option::unwrap()` on a `None` value
//! ```
//!
//! # How to fix it
//!
//! Where bad input can bring the panic about, return a `PyResult` and an exception that callers know, such as
//! `PyValueError::new_err("…")`, in place of `unwrap`, `expect` or an index. Where it cannot, mend the logic.
//!
//! # Where it is specified
//!
//! PyO3's guide, "Error handling" and `PanicException`.

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new("WR0311", "rust-panic", include_str!("rust_panic.rs"));

pub(crate) fn finding(text: &str, place: Option<SourceLocation>, test: &str) -> Diagnostic {
    let first = text.lines().next().unwrap_or_default();
    let mut finding = RULE.finding(match &place {
        Some(place) => format!("the Rust code panicked at {place}: {first}"),
        None => format!("the Rust code panicked: {first}"),
    });
    if let Some(place) = place {
        finding = finding.because(Evidence::at(place));
    }
    finding
        .because(Evidence::output("test", format!("seen by {test}")))
        .hint("return a `PyErr` where input can cause this; a panic is for what cannot happen")
}

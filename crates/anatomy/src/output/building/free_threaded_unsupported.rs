//! The PyO3 version in use doesn't support this free-threaded Python.
//!
//! Python's build without the global interpreter lock has its own ABI. PyO3 only supports it from a certain Python
//! version on:
//!
//! ```text
//! error: PyO3 does not support the free-threaded build of CPython versions below 3.14, the selected Python version is 3.13
//! ```
//!
//! ## Example
//!
//! `uv venv --python 3.13t`, with PyO3 0.30.
//!
//! ## What to do
//!
//! Use the standard build of the same version (`3.13` instead of `3.13t`), or a newer free-threaded one.
//!
//! ## Where it is specified
//!
//! [PEP 703](https://peps.python.org/pep-0703/), and PyO3's guide under [Supporting free-threaded
//! Python](https://pyo3.rs/latest/free-threading.html).

use std::fmt::Display;

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0204",
    "free-threaded-unsupported",
    include_str!("free_threaded_unsupported.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&["does not support the free-threaded build of CPython"])?;
    let oldest = between(line, "versions below ", ",")
        .or_else(|| between(line, "versions below ", " "))
        .unwrap_or("a newer version");
    Some(
        output
            .finding(
                &RULE,
                line,
                "this PyO3 doesn't support the free-threaded build of this Python",
            )
            .hint(hint(&oldest)),
    )
}

/// What to do if `oldest` is the first free-threaded build that PyO3 supports.
pub(crate) fn hint(oldest: &dyn Display) -> String {
    format!(
        "use the standard build of this Python, or the free-threaded build of {oldest} or later"
    )
}

//! The build can't find Python.
//!
//! PyO3's build script asks an interpreter how to build for it. It checks `PYO3_PYTHON`, then the active virtual or
//! conda environment, then looks for `python` and `python3` on `PATH`. Here it finds none:
//!
//! ```text
//! error: no Python 3.x interpreter found
//! Couldn't find any python interpreters. Please specify at least one with -i
//! ```
//!
//! ## Example
//!
//! A container that has Rust but no Python, or a shell where `PATH` was replaced instead of extended.
//!
//! ## What to do
//!
//! Install Python 3, or say where it is: `PYO3_PYTHON=/usr/bin/python3.12`, or activate the environment (`source
//! .venv/bin/activate`).
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Configuring the Python
//! version](https://pyo3.rs/latest/building-and-distribution.html#configuring-the-python-version).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

pub(crate) static RULE: Rule = Rule::new(
    "WR0206",
    "no-python-found",
    include_str!("no_python_found.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output
        .line_with(&["no Python 3.x interpreter found"])
        .or_else(|| output.line_with(&["Couldn't find any python interpreters"]))?;
    Some(
        output
            .finding(&RULE, line, "the build can't find a Python to build for")
            .hint("install Python 3, activate a virtual environment, or set `PYO3_PYTHON` to an interpreter"),
    )
}

//! The extension is loaded into a second interpreter of one process.
//!
//! One process may have several interpreters (PEP 734's `concurrent.interpreters`, `mod_wsgi`, embedding programs).
//! State that a module keeps in Rust's statics would be shared between them, so PyO3 refuses:
//!
//! ```text
//! ImportError: PyO3 modules do not yet support subinterpreters, see https://github.com/PyO3/pyo3/issues/576
//! ImportError: PyO3 modules compiled for CPython 3.8 or older may only be initialized once per interpreter process
//! ImportError: module fast does not support loading in subinterpreters
//! ```
//!
//! ## Example
//!
//! A second application of `mod_wsgi` (another application group) in one process; a plug-in host that makes an interpreter for each plug-in;
//! a test that deletes the module from `sys.modules` and imports it anew, with an older PyO3.
//!
//! ## What to do
//!
//! Import the extension in one interpreter of each process: with `mod_wsgi` set `WSGIApplicationGroup %{GLOBAL}`; use
//! `multiprocessing` or threads in the place of sub-interpreters.
//!
//! ## Where it is specified
//!
//! [PEP 489](https://peps.python.org/pep-0489/), [PEP 630](https://peps.python.org/pep-0630/), and PyO3's issue 576.

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

pub(crate) static RULE: Rule = Rule::new(
    "WR0113",
    "second-interpreter",
    include_str!("second_interpreter.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output
        .line_with(&["PyO3 modules", "subinterpreters"])
        .or_else(|| {
            output.line_with(&[
                "PyO3 modules",
                "may only be initialized once per interpreter process",
            ])
        })
        .or_else(|| {
            output.line_with(&[
                "ImportError: module ",
                "does not support loading in subinterpreters",
            ])
        })?;
    Some(
        output
            .finding(&RULE, line, "the extension supports one interpreter of a process, and was loaded into a second one")
            .hint("import it in the main interpreter only, or use processes in the place of sub-interpreters"),
    )
}

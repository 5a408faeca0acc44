//! The extension was loaded into a second interpreter in the same process.
//!
//! A process can have several interpreters (PEP 734's `concurrent.interpreters`, `mod_wsgi`, programs that embed
//! Python). They would share the state that a module keeps in Rust statics, so PyO3 refuses:
//!
//! ```text
//! ImportError: PyO3 modules do not yet support subinterpreters, see https://github.com/PyO3/pyo3/issues/576
//! ImportError: PyO3 modules compiled for CPython 3.8 or older may only be initialized once per interpreter process
//! ImportError: module fast does not support loading in subinterpreters
//! ```
//!
//! ## Example
//!
//! A second application of `mod_wsgi` (another application group) in one process; a plug-in host that creates an
//! interpreter for each plug-in; with an older PyO3, a test that deletes the module from `sys.modules` and imports it
//! again.
//!
//! ## What to do
//!
//! Import the extension in only one interpreter per process: with `mod_wsgi`, set `WSGIApplicationGroup %{GLOBAL}`; use
//! `multiprocessing` or threads instead of subinterpreters.
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
            .finding(&RULE, line, "the extension supports only one interpreter per process, but was loaded into a second \
                                   one")
            .hint("import it only in the main interpreter, or use processes instead of subinterpreters"),
    )
}

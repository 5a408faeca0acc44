//! Loading the extension switched the global interpreter lock back on.
//!
//! A free-threaded Python runs without the lock until an extension is loaded that does not say that it can do without.
//! Then the lock comes back, for the whole process:
//!
//! ```text
//! RuntimeWarning: The global interpreter lock (GIL) has been enabled to load module 'fast', which has not declared that it can run safely without the GIL.
//! ```
//!
//! ## Example
//!
//! A PyO3 before 0.28, where a module has to declare it: `#[pymodule(gil_used = false)]`. From 0.28 on, a module is
//! taken to need no lock unless it says `gil_used = true`.
//!
//! ## What to do
//!
//! See that the module's data can be used from several threads at once (`#[pyclass]` types must be `Sync`, statics
//! guarded), then upgrade PyO3 to 0.28 or later, or write
//! `#[pymodule(gil_used = false)]` (from PyO3 0.23 on).
//!
//! ## Where it is specified
//!
//! [PEP 703](https://peps.python.org/pep-0703/), Python's manual under
//! [Py_mod_gil](https://docs.python.org/3/c-api/module.html#c.Py_mod_gil), PyO3's guide under [Supporting free-threaded
//! Python](https://pyo3.rs/latest/free-threading.html).

use diagnostic::{Diagnostic, Rule, Severity};

use crate::output::OutputContext;
use crate::output::text::Output;

pub(crate) static RULE: Rule = Rule::new("WR0114", "gil-enabled", include_str!("gil_enabled.rs"));

pub(super) fn check(output: &Output<'_>, context: &OutputContext) -> Option<Diagnostic> {
    let (line, module) = output
        .between("has been enabled to load module '", "'")
        .filter(|(line, _)| line.contains("global interpreter lock (GIL)"))?;
    let hint = match context.pyo3_minor() {
        Some(minor) if minor >= 28 => {
            "the module says `gil_used = true`: drop it when its data may be used from several threads"
        }
        Some(23..28) => {
            "upgrade PyO3 to 0.28 or later, or write `#[pymodule(gil_used = false)]`, when its data may be used from several threads"
        }
        _ => {
            "upgrade PyO3 to 0.28 or later when the module's data may be used from several threads"
        }
    };
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("the module `{module}` does not declare that it can run without the lock"),
            )
            .severity(Severity::Warning)
            .hint(hint),
    )
}

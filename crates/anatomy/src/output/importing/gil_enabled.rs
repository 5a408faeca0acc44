//! Loading the extension turned the global interpreter lock back on.
//!
//! A free-threaded Python runs without the lock until it loads an extension that doesn't declare that it works without
//! it. Then the lock comes back for the whole process:
//!
//! ```text
//! RuntimeWarning: The global interpreter lock (GIL) has been enabled to load module 'fast', which has not declared that it can run safely without the GIL.
//! ```
//!
//! ## Example
//!
//! With PyO3 before 0.28, a module has to declare it: `#[pymodule(gil_used = false)]`. Since 0.28, PyO3 assumes that a
//! module doesn't need the lock unless it says `gil_used = true`.
//!
//! ## What to do
//!
//! Make sure that several threads can use the module's data at once (`#[pyclass]` types must be `Sync`, statics
//! guarded). Then upgrade PyO3 to 0.28 or later, or write `#[pymodule(gil_used = false)]` (since PyO3 0.23).
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
            "the module says `gil_used = true`: remove that if several threads can safely use its data"
        }
        Some(23..28) => {
            "upgrade PyO3 to 0.28 or later, or write `#[pymodule(gil_used = false)]`, if several threads can safely use \
             its data"
        }
        _ => "upgrade PyO3 to 0.28 or later, if several threads can safely use the module's data",
    };
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("the module `{module}` doesn't declare that it can run without the GIL"),
            )
            .severity(Severity::Warning)
            .hint(hint),
    )
}

//! A Rust test that asks for the interpreter, which nobody started: in such a test Rust is the program, and Python is not.

use super::super::suite::Context;
use crate::test::{FailedTest, Failure};

pub(super) fn not_started(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let (Failure::Assertion { text, .. } | Failure::Panicked { text, .. }) = &test.failure else {
        return None;
    };
    if !text.contains("The Python interpreter is not initialized") {
        return None;
    }
    let call = if context.project.has_pyo3(26) {
        "Python::initialize();"
    } else {
        "pyo3::prepare_freethreaded_python();"
    };
    Some(format!(
        "in a Rust test nobody has started Python: begin the test with `{call}`"
    ))
}

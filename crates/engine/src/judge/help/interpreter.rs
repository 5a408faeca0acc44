//! A Rust test that needs the interpreter although nothing has started it: in such a test the program is Rust, not
//! Python.

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
        "a Rust test doesn't start Python by itself: begin the test with `{call}`"
    ))
}

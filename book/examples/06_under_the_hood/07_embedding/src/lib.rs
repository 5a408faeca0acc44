//! Evaluates Python expressions, for the programs in `examples`.

// ANCHOR: evaluate
use std::ffi::CString;

use pyo3::prelude::*;
use pyo3::types::PyDict;

/// The result of an expression, or the exception, in words.
pub fn evaluate(expression: &str) -> Result<String, String> {
    let code = CString::new(expression).map_err(|error| error.to_string())?;
    Python::attach(|py| {
        let evaluated = || {
            let names = PyDict::new(py);
            names.set_item("answer", 42)?;
            names.set_item("sys", py.import("sys")?)?;
            let result = py.eval(&code, Some(&names), None)?;
            Ok(result.repr()?.to_string())
        };
        evaluated().map_err(|error: PyErr| error.to_string())
    })
}
// ANCHOR_END: evaluate

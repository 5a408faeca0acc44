//! Postage. The program is written in Rust, and each office writes its prices in Python.

use std::path::Path;

use pyo3::prelude::*;

/// A parcel. Python may read both attributes.
#[pyclass(frozen, get_all)]
pub struct Parcel {
    pub zone: String,
    pub grams: u32,
}

/// An exception, in words. It needs no Python, so you can keep it, send it and print it anywhere.
#[derive(Debug)]
pub struct RuleError {
    /// The type and the message, such as `KeyError: 'moon'`.
    pub message: String,
    /// The traceback as Python prints it, or nothing if the exception has none.
    pub traceback: String,
}

impl RuleError {
    fn new(py: Python<'_>, error: PyErr) -> Self {
        error.print(py);
        RuleError {
            message: error.to_string(),
            traceback: String::new(),
        }
    }
}

/// An office with its rules.
pub struct Office {
    /// The Python function `price`.
    price: Py<PyAny>,
}

impl Office {
    /// Starts Python, unless it's running, and loads the module `rules` from the office's directory. The rules may import
    /// other modules that are in this directory.
    pub fn open(directory: &Path) -> Result<Office, RuleError> {
        Python::initialize();
        Python::attach(|py| {
            let load = || {
                let path = py.import("sys")?.getattr("path")?;
                path.call_method1("insert", (0, directory.as_os_str()))?;
                let price = py.import("rules")?.getattr("price")?.unbind();
                Ok(Office { price })
            };
            load().map_err(|error| RuleError::new(py, error))
        })
    }

    /// What a parcel costs: the result of the rules' function `price`, which is called with the parcel.
    ///
    /// If the rule prints something, it has left Python's buffer when this function returns.
    pub fn price(&self, parcel: Parcel) -> Result<u32, RuleError> {
        Python::attach(|py| {
            let call = || {
                let price = self.price.call1(py, (parcel,));
                py.import("sys")?.getattr("stdout")?.call_method0("flush")?;
                price?.extract(py)
            };
            call().map_err(|error| RuleError::new(py, error))
        })
    }
}

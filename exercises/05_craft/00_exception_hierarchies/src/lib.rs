//! Reads bank statements, and says precisely what is wrong with them.

use pyo3::create_exception;
use pyo3::exceptions::PyException;

// TODO: belongs to the family below.
create_exception!(
    exception_hierarchies,
    Truncated,
    PyException,
    "The statement ends too early: fetch it again."
);

/// The exceptions of this module, and what code that catches them relies on:
///
/// ```text
/// Exception
/// └── StatementError               anything that is wrong with a statement
///     ├── MalformedEntry           `MalformedEntry(message, line)`; str() is the message alone,
///     │                            and the attribute `line` counts from 1
///     └── Truncated
/// ```
#[pyo3::pymodule]
mod exception_hierarchies {
    use std::path::PathBuf;

    use pyo3::exceptions::{PyException, PyValueError};
    use pyo3::prelude::*;
    use pyo3::types::PyTuple;

    #[pymodule_export]
    use super::Truncated;

    /// Anything that is wrong with a statement.
    #[pyclass(extends = PyException, subclass)]
    pub struct StatementError;

    #[pymethods]
    impl StatementError {
        #[new]
        #[pyo3(signature = (*_args))]
        fn new(_args: &Bound<'_, PyTuple>) -> Self {
            StatementError
        }
    }

    /// An entry that can't be read.
    // TODO: belongs to the family; what does it need to know?
    #[pyclass(extends = PyException)]
    struct MalformedEntry {}

    #[pymethods]
    impl MalformedEntry {
        #[new]
        #[pyo3(signature = (*_args))]
        fn new(_args: &Bound<'_, PyTuple>) -> Self {
            MalformedEntry {}
        }
    }

    /// The entries of a statement: lines such as `rent;-80000`, and `end` as the last one.
    ///
    /// - A line without a `;`, or whose amount isn't a number, is a `MalformedEntry`. The message quotes the whole line. If
    ///   the amount is to blame, the `ValueError` about it is the cause.
    /// - A statement without its `end` is `Truncated`.
    // TODO: so far, everything is a `ValueError`.
    #[pyfunction]
    fn read(text: &str) -> PyResult<Vec<(String, i64)>> {
        let mut entries = Vec::new();
        for line in text.lines() {
            if line == "end" {
                return Ok(entries);
            }
            let (purpose, amount) = line
                .split_once(';')
                .ok_or_else(|| PyValueError::new_err(line.to_owned()))?;
            entries.push((purpose.to_owned(), amount.parse()?));
        }
        Err(PyValueError::new_err("there is no end"))
    }

    /// Reads a statement from a file. Whatever goes wrong, the exception is the same as without a file, and has a note:
    /// `in `, and the path.
    // TODO: the note.
    #[pyfunction]
    fn read_file(path: PathBuf) -> PyResult<Vec<(String, i64)>> {
        read(&std::fs::read_to_string(path)?)
    }
}

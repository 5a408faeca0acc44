//! Reads bank statements, and says precisely what is wrong with them.

use pyo3::create_exception;

create_exception!(
    exception_hierarchies,
    Truncated,
    exception_hierarchies::StatementError,
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

    use pyo3::exceptions::PyException;
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
    #[pyclass(extends = StatementError)]
    struct MalformedEntry {
        message: String,
        #[pyo3(get)]
        line: usize,
    }

    #[pymethods]
    impl MalformedEntry {
        #[new]
        fn new(message: String, line: usize) -> PyClassInitializer<Self> {
            PyClassInitializer::from(StatementError).add_subclass(MalformedEntry { message, line })
        }

        fn __str__(&self) -> &str {
            &self.message
        }
    }

    /// The entries of a statement: lines such as `rent;-80000`, and `end` as the last one.
    ///
    /// - A line without a `;`, or whose amount isn't a number, is a `MalformedEntry`. The message quotes the whole line. If
    ///   the amount is to blame, the `ValueError` about it is the cause.
    /// - A statement without its `end` is `Truncated`.
    #[pyfunction]
    fn read(py: Python<'_>, text: &str) -> PyResult<Vec<(String, i64)>> {
        let mut entries = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line == "end" {
                return Ok(entries);
            }
            let malformed = || {
                let message = format!("unreadable entry: {line}");
                PyErr::new::<MalformedEntry, _>((message, number + 1))
            };
            let (purpose, amount) = line.split_once(';').ok_or_else(malformed)?;
            let amount = amount.parse::<i64>().map_err(|cause| {
                let error = malformed();
                error.set_cause(py, Some(cause.into()));
                error
            })?;
            entries.push((purpose.to_owned(), amount));
        }
        Err(Truncated::new_err("there is no end"))
    }

    /// Reads a statement from a file. Whatever goes wrong, the exception is the same as without a file, and has a note:
    /// `in `, and the path.
    #[pyfunction]
    fn read_file(py: Python<'_>, path: PathBuf) -> PyResult<Vec<(String, i64)>> {
        let entries = std::fs::read_to_string(&path)
            .map_err(PyErr::from)
            .and_then(|text| read(py, &text));
        entries.map_err(|cause| {
            let message = format!("in {}: {cause}", path.display());
            let error = PyErr::new::<StatementError, _>((message,));
            error.set_cause(py, Some(cause));
            error
        })
    }
}

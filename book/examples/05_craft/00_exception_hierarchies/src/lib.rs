//! A printer and its excuses.

use pyo3::create_exception;

// ANCHOR: leaves
create_exception!(
    printing,
    OutOfPaper,
    printing::PrinterError,
    "The tray is empty."
);
create_exception!(
    printing,
    NotReachable,
    printing::PrinterError,
    "The printer does not answer."
);
// ANCHOR_END: leaves

#[pyo3::pymodule]
mod printing {
    use pyo3::exceptions::{PyException, PyRuntimeError};
    use pyo3::prelude::*;
    use pyo3::types::PyTuple;

    // ANCHOR: export
    #[pymodule_export]
    use super::{NotReachable, OutOfPaper};
    // ANCHOR_END: export

    // ANCHOR: messages
    /// A first attempt: the message has to say it all.
    #[pyfunction]
    fn print_hopefully(pages: u32, tray: u32) -> PyResult<()> {
        match tray {
            1 if pages > 50 => Err(PyRuntimeError::new_err("out of paper")),
            2 => Err(PyRuntimeError::new_err("paper jam in tray 2")),
            _ => Ok(()),
        }
    }
    // ANCHOR_END: messages

    // ANCHOR: root
    /// Anything that keeps a document from being printed.
    #[pyclass(extends = PyException, subclass)]
    pub struct PrinterError;

    #[pymethods]
    impl PrinterError {
        #[new]
        #[pyo3(signature = (*_args))]
        fn new(_args: &Bound<'_, PyTuple>) -> Self {
            PrinterError
        }
    }
    // ANCHOR_END: root

    // ANCHOR: jam
    /// Paper is stuck.
    #[pyclass(extends = PrinterError)]
    struct PaperJam {
        #[pyo3(get)]
        tray: u32,
    }

    #[pymethods]
    impl PaperJam {
        #[new]
        fn new(tray: u32) -> PyClassInitializer<Self> {
            PyClassInitializer::from(PrinterError).add_subclass(PaperJam { tray })
        }

        fn __str__(&self) -> String {
            format!("paper jam in tray {}", self.tray)
        }
    }
    // ANCHOR_END: jam

    // ANCHOR: raise
    /// Prints a document.
    #[pyfunction]
    fn print(pages: u32, tray: u32) -> PyResult<()> {
        match tray {
            1 if pages > 50 => Err(OutOfPaper::new_err("50 sheets are left")),
            2 => Err(PyErr::new::<PaperJam, _>((tray,))),
            _ => Ok(()),
        }
    }
    // ANCHOR_END: raise

    // ANCHOR: cause
    /// Prints on the printer that `address` finds for a name.
    #[pyfunction]
    fn print_on(address: &Bound<'_, PyAny>, name: &str, pages: u32) -> PyResult<()> {
        let py = address.py();
        let tray = address.call1((name,)).map_err(|cause| {
            let error = NotReachable::new_err(format!("there is no printer called {name}"));
            error.set_cause(py, Some(cause));
            error
        })?;
        print(pages, tray.extract()?)
    }
    // ANCHOR_END: cause

    // ANCHOR: note
    /// Prints several documents, and says which one failed.
    #[pyfunction]
    fn print_all(py: Python<'_>, documents: Vec<(String, u32)>, tray: u32) -> PyResult<()> {
        for (title, pages) in documents {
            if let Err(error) = print(pages, tray) {
                error.add_note(py, format!("while printing {title}"))?;
                return Err(error);
            }
        }
        Ok(())
    }
    // ANCHOR_END: note
}

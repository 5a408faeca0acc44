use pyo3::exceptions::PyException;
use pyo3::prelude::*;
pyo3::create_exception!(printer, OutOfPaper, PyException);
#[pyclass(extends = OutOfPaper)]
struct OutOfLabels {}
#[pymethods]
impl OutOfLabels {
    #[new]
    fn new() -> Self {
        Self {}
    }
}

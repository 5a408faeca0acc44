use pyo3::exceptions::PyException;
use pyo3::prelude::*;
#[pyclass(extends = PyException, subclass)]
struct OutOfPaper {}
#[pymethods]
impl OutOfPaper {
    #[new]
    fn new() -> Self {
        Self {}
    }
}
#[pyclass(extends = OutOfPaper)]
struct OutOfLabels {}
#[pymethods]
impl OutOfLabels {
    #[new]
    fn new() -> (Self, OutOfPaper) {
        (Self {}, OutOfPaper {})
    }
}

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
#[pyclass(extends = PyException, subclass)]
struct Jam {}
#[pymethods]
impl Jam {
    #[new]
    fn new() -> Self {
        Self {}
    }
}

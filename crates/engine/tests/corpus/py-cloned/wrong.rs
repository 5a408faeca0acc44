use pyo3::prelude::*;
#[pyclass]
struct C { handler: Py<PyAny> }
#[pymethods]
impl C {
    fn handler(&self) -> Py<PyAny> { self.handler.clone() }
}

use pyo3::prelude::*;
#[pyclass]
struct C { handler: Py<PyAny> }
#[pymethods]
impl C {
    fn handler(&self, py: Python<'_>) -> Py<PyAny> { self.handler.clone_ref(py) }
}

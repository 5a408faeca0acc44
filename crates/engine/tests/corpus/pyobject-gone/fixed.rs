use pyo3::prelude::*;
#[pyfunction]
fn f(a: Py<PyAny>) -> Py<PyAny> { a }

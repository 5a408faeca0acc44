use pyo3::prelude::*;
#[pyfunction]
fn f(py: Python<'_>) -> Py<PyAny> { 1_i64.into_py(py) }

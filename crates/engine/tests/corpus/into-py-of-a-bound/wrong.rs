use pyo3::prelude::*;
use pyo3::types::PyDict;
#[pyfunction]
fn f(py: Python<'_>) -> Py<PyAny> { PyDict::new(py).into_py(py) }

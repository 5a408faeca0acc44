use pyo3::prelude::*;
#[pyfunction]
fn f(py: Python<'_>) -> PyResult<Py<PyAny>> { use pyo3::IntoPyObjectExt; 1_i64.into_py_any(py) }

use pyo3::prelude::*;
#[pyfunction]
fn call(py: Python<'_>, callback: Py<PyAny>) -> PyResult<Py<PyAny>> { callback.call1(py, (1,)) }

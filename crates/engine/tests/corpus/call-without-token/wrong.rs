use pyo3::prelude::*;
#[pyfunction]
fn call(callback: Py<PyAny>) -> PyResult<Py<PyAny>> { callback.call1((1,)) }

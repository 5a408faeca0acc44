use pyo3::prelude::*;
#[pyfunction]
fn check() -> PyResult<u32> { Err(pyo3::exceptions::PyValueError::new("x")) }

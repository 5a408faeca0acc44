use pyo3::prelude::*;
use pyo3::exceptions::PyValueError;
#[pyfunction]
fn check() -> PyResult<u32> { Err(PyValueError::new_err("x")) }

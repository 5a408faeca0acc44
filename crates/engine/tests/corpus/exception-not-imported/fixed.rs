use pyo3::prelude::*;
use pyo3::exceptions::PyValueError;
#[pyfunction]
fn f() -> PyResult<u32> { Err(PyValueError::new_err("x")) }

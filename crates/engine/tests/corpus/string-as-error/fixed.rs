use pyo3::prelude::*;
use pyo3::exceptions::PyValueError;
#[pyfunction]
fn check(a: i32) -> PyResult<i32> { if a > 0 { Ok(a) } else { Err(PyValueError::new_err("no")) } }

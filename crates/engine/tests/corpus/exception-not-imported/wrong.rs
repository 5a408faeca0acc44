use pyo3::prelude::*;
#[pyfunction]
fn f() -> PyResult<u32> { Err(PyValueError::new_err("x")) }

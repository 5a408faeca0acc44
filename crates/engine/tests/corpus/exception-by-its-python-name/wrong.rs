use pyo3::prelude::*;
#[pyfunction]
fn check() -> PyResult<u32> { Err(ValueError::new_err("x")) }

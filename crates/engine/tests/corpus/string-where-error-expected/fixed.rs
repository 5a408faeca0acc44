use pyo3::prelude::*;
use pyo3::exceptions::PyValueError;
#[pyfunction]
fn f(n: u32) -> PyResult<u32> {
    if n > 3 {
        return Err(PyValueError::new_err(format!("{n} is too much")));
    }
    Ok(n)
}

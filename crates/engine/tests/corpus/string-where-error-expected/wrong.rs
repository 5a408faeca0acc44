use pyo3::prelude::*;
#[pyfunction]
fn f(n: u32) -> PyResult<u32> {
    if n > 3 {
        return Err(format!("{n} is too much"));
    }
    Ok(n)
}

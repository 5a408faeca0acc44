use pyo3::prelude::*;
struct Reading { n: u32 }
#[pyfunction]
fn f(py: Python<'_>) -> PyResult<()> { Reading { n: 1 }.into_pyobject(py)?; Ok(()) }

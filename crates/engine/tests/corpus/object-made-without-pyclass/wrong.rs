use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
fn g(py: Python<'_>) -> PyResult<()> { Py::new(py, D { n: 1 })?; Ok(()) }
struct D { n: u32 }

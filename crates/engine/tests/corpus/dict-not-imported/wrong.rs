use pyo3::prelude::*;
#[pyfunction]
fn f(py: Python<'_>) -> PyResult<()> { let d = PyDict::new(py); d.set_item(1, 2) }

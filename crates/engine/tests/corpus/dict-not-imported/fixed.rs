use pyo3::prelude::*;
use pyo3::types::PyDict;
#[pyfunction]
fn f(py: Python<'_>) -> PyResult<()> { let d = PyDict::new(py); d.set_item(1, 2) }

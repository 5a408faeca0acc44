use pyo3::prelude::*;
use pyo3::types::PyDict;
#[pyfunction]
fn empty(py: Python<'_>) -> Bound<'_, PyDict> { PyDict::new(py) }

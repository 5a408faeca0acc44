use pyo3::prelude::*;
use pyo3::types::PyTuple;
#[pyfunction]
fn size(parts: PyTuple) -> usize { parts.len() }

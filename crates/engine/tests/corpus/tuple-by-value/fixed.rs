use pyo3::prelude::*;
use pyo3::types::PyTuple;
#[pyfunction]
fn size(parts: &Bound<'_, PyTuple>) -> usize { parts.len() }

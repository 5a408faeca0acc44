use pyo3::prelude::*;
#[pyfunction]
fn size(py: Python<'_>, all: &Bound<'_, PyAny>) -> PyResult<usize> { py.detach(|| all.len()) }

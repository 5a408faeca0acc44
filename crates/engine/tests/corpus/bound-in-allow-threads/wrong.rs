use pyo3::prelude::*;
#[pyfunction]
fn size(py: Python<'_>, all: &Bound<'_, PyAny>) -> PyResult<usize> { py.allow_threads(|| all.len()) }

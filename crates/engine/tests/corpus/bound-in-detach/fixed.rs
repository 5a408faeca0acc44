use pyo3::prelude::*;
#[pyfunction]
fn size(py: Python<'_>, all: &Bound<'_, PyAny>) -> PyResult<usize> { let n = all.len()?; Ok(py.detach(|| n)) }

use pyo3::prelude::*;
use pyo3::types::PyList;
#[pyfunction]
fn f(a: &Bound<'_, PyAny>) -> PyResult<usize> { Ok(a.cast::<PyList>()?.len()) }

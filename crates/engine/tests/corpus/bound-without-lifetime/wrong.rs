use pyo3::prelude::*;
#[pyfunction]
fn f(py: Python<'_>, a: &Bound<'_, PyAny>) -> Bound<PyAny> { a.clone() }

use pyo3::prelude::*;
#[pyfunction]
fn f<'py>(_py: Python<'py>, a: &Bound<'py, PyAny>) -> Bound<'py, PyAny> { a.clone() }

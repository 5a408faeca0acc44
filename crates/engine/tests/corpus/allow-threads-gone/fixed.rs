use pyo3::prelude::*;
#[pyfunction]
fn f(py: Python<'_>) { py.detach(|| ()) }

use pyo3::prelude::*;
#[pyfunction]
fn f() { Python::with_gil(|_py| ()) }

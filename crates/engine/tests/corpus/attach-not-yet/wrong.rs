use pyo3::prelude::*;
#[pyfunction]
fn f() { Python::attach(|_py| ()) }

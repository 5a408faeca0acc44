use pyo3::prelude::*;
#[pyfunction]
fn f(h: Option<Py<PyAny>>) -> Option<Py<PyAny>> { h.clone() }

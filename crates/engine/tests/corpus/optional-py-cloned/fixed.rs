use pyo3::prelude::*;
#[pyfunction]
fn f(py: Python<'_>, h: Option<Py<PyAny>>) -> Option<Py<PyAny>> { h.as_ref().map(|one| one.clone_ref(py)) }

use pyo3::prelude::*;
#[pyfunction]
fn f(a: PyObject) -> PyObject { a }

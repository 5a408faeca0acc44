use pyo3::prelude::*;
use pyo3::types::PyList;
#[pyfunction]
fn f(py: Python, a: u32) -> Bound<'py, PyList> { PyList::empty(py) }

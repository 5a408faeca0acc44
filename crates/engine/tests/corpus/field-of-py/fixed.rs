use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pyfunction]
fn f(py: Python<'_>, c: Py<C>) -> u32 { c.borrow(py).n }

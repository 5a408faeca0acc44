use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pyfunction]
fn f(c: Py<C>) -> u32 { c.n }

use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C { fn up(&self) -> u32 { self.n } }
#[pyfunction]
fn f(c: Py<C>) -> u32 { c.up() }

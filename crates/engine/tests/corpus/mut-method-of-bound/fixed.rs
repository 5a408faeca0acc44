use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C { fn up(&mut self) { self.n += 1; } }
#[pyfunction]
fn f(c: &Bound<'_, C>) { c.borrow_mut().up() }

use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    fn up(&self) { self.n += 1; }
}

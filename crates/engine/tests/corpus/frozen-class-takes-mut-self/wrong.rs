use pyo3::prelude::*;
#[pyclass(frozen)]
struct Counter { n: u32 }
#[pymethods]
impl Counter { fn up(&mut self) { self.n += 1; } }

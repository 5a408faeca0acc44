use pyo3::prelude::*;
#[pyclass(eq)]
#[derive(PartialEq)]
struct C { n: u32 }
#[pymethods]
impl C { fn __eq__(&self, other: &Self) -> bool { self.n == other.n } }

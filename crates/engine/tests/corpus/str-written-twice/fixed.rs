use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C { fn __str__(&self) -> String { String::new() } }

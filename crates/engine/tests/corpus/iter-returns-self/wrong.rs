use pyo3::prelude::*;
#[pyclass]
struct Walk { n: u32 }
#[pymethods]
impl Walk { fn __iter__(&self) -> Self { self } }

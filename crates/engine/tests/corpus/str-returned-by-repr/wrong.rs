use pyo3::prelude::*;
#[pyclass]
struct Dot { x: u32 }
#[pymethods]
impl Dot { fn __repr__(&self) -> &str { &format!("Dot({})", self.x) } }

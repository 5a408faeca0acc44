use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C { fn a(&self) {} fn b(&self) {} }

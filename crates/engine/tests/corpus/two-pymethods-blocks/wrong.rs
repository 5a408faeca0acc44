use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C { fn a(&self) {} }
#[pymethods]
impl C { fn b(&self) {} }

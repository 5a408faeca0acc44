use pyo3::prelude::*;
#[pyclass]
struct J { n: u32 }
#[pyclass]
struct Step { of: Py<J> }
#[pymethods]
impl J { fn step(slf: Py<Self>) -> Step { Step { of: slf } } }

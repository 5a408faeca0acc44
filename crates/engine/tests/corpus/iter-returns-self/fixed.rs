use pyo3::prelude::*;
#[pyclass]
struct Walk { n: u32 }
#[pymethods]
impl Walk { fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> { slf } }

use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    fn same(slf: PyRef<'_, Self>) -> PyRef<'_, Self> { slf }
}

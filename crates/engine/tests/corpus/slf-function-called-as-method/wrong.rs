use pyo3::prelude::*;
#[pyclass]
struct Manager { n: u32 }
#[pymethods]
impl Manager {
    fn pay(slf: PyRef<'_, Self>, hours: u32) -> u32 { slf.n * hours }
    fn slip(slf: PyRef<'_, Self>) -> u32 { slf.pay(3) }
}

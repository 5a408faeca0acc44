use pyo3::prelude::*;
#[pyclass]
struct Sheet { n: u32 }
#[pymethods]
impl Sheet {
    fn of(n: u32) -> Self { Self { n } }
}

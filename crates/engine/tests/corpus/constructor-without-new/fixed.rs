use pyo3::prelude::*;
#[pyclass]
struct Sheet { n: u32 }
#[pymethods]
impl Sheet {
    #[new]
    fn of(n: u32) -> Self { Self { n } }
}

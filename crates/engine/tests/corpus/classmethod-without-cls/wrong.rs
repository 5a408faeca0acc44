use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    #[classmethod]
    fn of(n: u32) -> Self { Self { n } }
}

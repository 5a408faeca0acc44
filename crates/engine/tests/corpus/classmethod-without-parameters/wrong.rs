use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    #[classmethod]
    fn of() -> Self { Self { n: 1 } }
}

use pyo3::prelude::*;
use pyo3::types::PyType;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    #[classmethod]
    fn of(_cls: &Bound<'_, PyType>, n: u32) -> Self { Self { n } }
}

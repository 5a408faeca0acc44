use pyo3::prelude::*;
use pyo3::types::PyType;
#[pyclass]
struct Colour { n: u32 }
#[pymethods]
impl Colour {
    #[classmethod]
    fn grey(_cls: &Bound<'_, PyType>) -> u32 { 1 }
}

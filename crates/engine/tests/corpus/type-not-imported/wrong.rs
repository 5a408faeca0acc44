use pyo3::prelude::*;
#[pyclass]
struct Colour { n: u32 }
#[pymethods]
impl Colour {
    #[classmethod]
    fn grey(cls: &Bound<'_, PyType>) -> u32 { 1 }
}

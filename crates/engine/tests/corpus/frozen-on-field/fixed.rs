use pyo3::prelude::*;
#[pyclass]
struct Version { n: u32 }
#[pymethods]
impl Version {
    #[new]
    fn new(n: u32) -> Self { Self { n } }
}

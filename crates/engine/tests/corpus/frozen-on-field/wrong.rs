use pyo3::prelude::*;
#[pyclass]
struct Version { #[pyo3(frozen)] n: u32 }
#[pymethods]
impl Version {
    #[new]
    fn new(n: u32) -> Self { Self { n } }
}

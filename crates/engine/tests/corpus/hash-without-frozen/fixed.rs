use pyo3::prelude::*;
#[pyclass(frozen, eq, hash)]
#[derive(PartialEq, Hash)]
struct Version { n: u32 }
#[pymethods]
impl Version {
    #[new]
    fn new(n: u32) -> Self { Self { n } }
}
#[pymodule]
mod versions {
    #[pymodule_export]
    use super::Version;
}

use pyo3::prelude::*;
use std::sync::RwLock;
#[pyclass]
struct C { n: RwLock<u32> }
#[pymethods]
impl C {
    fn get(&self, py: Python<'_>) -> u32 { py.detach(|| *self.n.read().unwrap()) }
}

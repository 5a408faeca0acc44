use pyo3::prelude::*;
use std::sync::Mutex;
#[pyclass]
struct C { n: Mutex<u32> }
#[pymethods]
impl C {
    fn up(&self, py: Python<'_>) { *py.allow_threads(|| self.n.lock().unwrap()) += 1; }
}

use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use std::sync::Mutex;
#[pyclass]
struct C { n: Mutex<u32> }
#[pymethods]
impl C {
    fn up(&self, py: Python<'_>) { *self.n.lock_py_attached(py).unwrap() += 1; }
}

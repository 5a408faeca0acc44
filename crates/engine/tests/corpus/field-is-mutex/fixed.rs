use pyo3::prelude::*;
use std::sync::Mutex;
#[pyclass]
struct Hits {
    n: Mutex<u64>,
}
#[pymethods]
impl Hits {
    #[getter]
    fn n(&self) -> u64 { *self.n.lock().unwrap() }
}

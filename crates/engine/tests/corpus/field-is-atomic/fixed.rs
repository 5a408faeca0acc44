use pyo3::prelude::*;
use std::sync::atomic::AtomicU64;
#[pyclass]
struct Hits {
    n: AtomicU64,
}
#[pymethods]
impl Hits {
    #[getter]
    fn n(&self) -> u64 { self.n.load(std::sync::atomic::Ordering::Relaxed) }
}

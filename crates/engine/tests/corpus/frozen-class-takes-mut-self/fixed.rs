use pyo3::prelude::*;
#[pyclass(frozen)]
struct Counter { n: std::sync::atomic::AtomicU32 }
#[pymethods]
impl Counter { fn up(&self) { self.n.fetch_add(1, std::sync::atomic::Ordering::Relaxed); } }

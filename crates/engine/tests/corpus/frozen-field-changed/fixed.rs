use pyo3::prelude::*;
#[pyclass(frozen)]
struct C { n: std::sync::atomic::AtomicU32 }
#[pymethods]
impl C {
    fn up(&self) { self.n.fetch_add(1, std::sync::atomic::Ordering::Relaxed); }
}

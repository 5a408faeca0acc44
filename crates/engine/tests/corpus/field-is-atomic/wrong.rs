use pyo3::prelude::*;
use std::sync::atomic::AtomicU64;
#[pyclass]
struct Hits {
    #[pyo3(get)]
    n: AtomicU64,
}

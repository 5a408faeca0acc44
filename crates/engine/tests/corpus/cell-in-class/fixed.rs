use pyo3::prelude::*;
use std::sync::atomic::AtomicU64;
#[pyclass]
struct C { n: AtomicU64 }

use pyo3::prelude::*;
use std::sync::Arc;
#[pyclass]
struct C { n: Arc<u64> }

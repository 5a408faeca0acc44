use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
#[pyclass]
struct C { n: PyOnceLock<u32> }

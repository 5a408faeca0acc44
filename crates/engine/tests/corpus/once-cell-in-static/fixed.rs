use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
static TABLE: PyOnceLock<u64> = PyOnceLock::new();

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
static X: PyOnceLock<u32> = PyOnceLock::new();

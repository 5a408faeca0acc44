use pyo3::prelude::*;
static X: PyOnceLock<u32> = PyOnceLock::new();

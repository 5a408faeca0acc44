use pyo3::prelude::*;
use pyo3::sync::PyMutex;
static X: PyMutex<u32> = PyMutex::new(1);

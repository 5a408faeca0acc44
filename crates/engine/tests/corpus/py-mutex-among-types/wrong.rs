use pyo3::prelude::*;
static X: PyMutex<u32> = PyMutex::new(1);

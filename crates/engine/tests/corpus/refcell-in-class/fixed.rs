use pyo3::prelude::*;
use std::sync::Mutex;
#[pyclass]
struct C { n: Mutex<u64> }

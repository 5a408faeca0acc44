use pyo3::prelude::*;
use std::cell::OnceCell;
#[pyclass]
struct C { n: OnceCell<u32> }

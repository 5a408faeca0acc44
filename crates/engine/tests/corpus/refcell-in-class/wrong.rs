use pyo3::prelude::*;
use std::cell::RefCell;
#[pyclass]
struct C { n: RefCell<u64> }

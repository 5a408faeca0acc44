use pyo3::prelude::*;
use std::cell::Cell;
#[pyclass]
struct C { n: Cell<u64> }

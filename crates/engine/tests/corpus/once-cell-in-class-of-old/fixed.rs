use pyo3::prelude::*;
use pyo3::sync::GILOnceCell;
#[pyclass]
struct C { n: GILOnceCell<u32> }

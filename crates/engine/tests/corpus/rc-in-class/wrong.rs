use pyo3::prelude::*;
use std::rc::Rc;
#[pyclass]
struct C { n: Rc<u64> }

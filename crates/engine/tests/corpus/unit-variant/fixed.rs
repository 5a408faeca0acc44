use pyo3::prelude::*;
#[pyclass]
enum Shape { Round(u32), Empty() }

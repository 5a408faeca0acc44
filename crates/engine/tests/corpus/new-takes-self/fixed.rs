use pyo3::prelude::*;
#[pyclass]
struct Dot { x: u32 }
#[pymethods]
impl Dot { #[new] fn new(x: u32) -> Self { Self { x } } }

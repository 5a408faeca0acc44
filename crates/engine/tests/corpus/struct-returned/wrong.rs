use pyo3::prelude::*;
struct Point { x: f64 }
#[pyfunction]
fn origin() -> Point { Point { x: 0.0 } }

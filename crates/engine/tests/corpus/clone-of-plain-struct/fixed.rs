use pyo3::prelude::*;
#[derive(Clone)]
struct Dot { x: i64 }
#[pyfunction]
fn total() -> i64 { let dot = Dot { x: 1 }; dot.clone().x }

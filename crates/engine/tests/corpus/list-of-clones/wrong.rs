use pyo3::prelude::*;
#[pyclass]
#[derive(Clone)]
struct Dot { x: i64 }
#[pyfunction]
fn total(dots: Vec<Dot>) -> i64 { dots.iter().map(|dot| dot.x).sum() }

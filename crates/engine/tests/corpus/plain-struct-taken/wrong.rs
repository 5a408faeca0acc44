use pyo3::prelude::*;
struct Point { x: i64 }
#[pyfunction]
fn f(a: Point) -> i64 { a.x }

use pyo3::prelude::*;
#[pyclass]
struct Point { x: f64 }
impl Point {
    #[new]
    fn new(x: f64) -> Self { Self { x } }
}

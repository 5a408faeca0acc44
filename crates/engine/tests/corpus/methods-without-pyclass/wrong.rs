use pyo3::prelude::*;
struct Point { x: f64 }
#[pymethods]
impl Point {
    #[new]
    fn new(x: f64) -> Self { Self { x } }
    fn x(&self) -> f64 { self.x }
}

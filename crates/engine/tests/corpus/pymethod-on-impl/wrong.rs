use pyo3::prelude::*;
#[pyclass]
struct Point { x: f64 }
#[pymethod]
impl Point {
    fn x(&self) -> f64 { self.x }
}

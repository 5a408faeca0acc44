use pyo3::prelude::*;
#[pyclass]
struct Point { x: f64 }
impl Point {
    #[getter]
    fn x(&self) -> f64 { self.x }
}

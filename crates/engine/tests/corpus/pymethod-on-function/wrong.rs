use pyo3::prelude::*;
#[pyclass]
struct Point { x: f64 }
#[pymethods]
impl Point {
    #[pymethod]
    fn x(&self) -> f64 { self.x }
}

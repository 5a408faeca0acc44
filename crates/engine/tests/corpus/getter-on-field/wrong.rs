use pyo3::prelude::*;
#[pyclass]
struct Point {
    #[getter]
    x: f64,
}

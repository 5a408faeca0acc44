use pyo3::prelude::*;
#[pyclass]
struct Point {
    #[pyo3(get)]
    x: f64,
}

use pyo3::prelude::*;
struct Point {
    #[pyo3(get)]
    x: f64,
}

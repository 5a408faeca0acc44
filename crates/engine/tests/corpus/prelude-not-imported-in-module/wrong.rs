use pyo3::prelude::*;
#[pymodule]
mod shapes {
    #[pyfunction]
    fn area(a: f64) -> f64 { a }
}

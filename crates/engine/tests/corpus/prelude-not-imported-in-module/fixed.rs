use pyo3::prelude::*;
#[pymodule]
mod shapes {
    use pyo3::prelude::*;
    #[pyfunction]
    fn area(a: f64) -> f64 { a }
}

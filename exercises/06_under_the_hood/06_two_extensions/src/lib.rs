//! The first extension: a weather station. There's nothing to do in this file.

use pyo3::prelude::*;

/// What a thermometer said.
#[pyclass(frozen, get_all, module = "two_extensions")]
pub struct Reading {
    pub station: String,
    pub celsius: f64,
}

#[pymethods]
impl Reading {
    #[new]
    pub fn new(station: String, celsius: f64) -> Self {
        Reading { station, celsius }
    }
}

#[pymodule]
mod two_extensions {
    #[pymodule_export]
    use super::Reading;
}

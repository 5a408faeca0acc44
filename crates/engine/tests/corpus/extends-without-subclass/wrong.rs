use pyo3::prelude::*;
#[pyclass]
struct Sensor {}
#[pyclass(extends = Sensor)]
struct Thermometer {}
#[pymethods]
impl Thermometer {
    #[new]
    fn new() -> (Self, Sensor) { (Self {}, Sensor {}) }
}

//! The sensors of a weather station.

#[pyo3::pymodule]
mod inheritance {
    use pyo3::prelude::*;

    // TODO: other classes inherit from this one, in Rust and in Python.
    /// Something that measures.
    #[pyclass]
    struct Sensor {
        #[pyo3(get)]
        name: String,
        #[pyo3(get)]
        values: Vec<f64>,
    }

    #[pymethods]
    impl Sensor {
        #[new]
        fn new(name: String) -> Self {
            Sensor {
                name,
                values: Vec::new(),
            }
        }

        /// Stores a value. This method is complete.
        fn record(&mut self, value: f64) {
            self.values.push(value);
        }
    }

    // TODO: a `Thermometer` is a `Sensor`. It has everything a sensor has, plus a unit.
    /// Measures temperatures. Python may inherit from it, too.
    #[pyclass]
    struct Thermometer {
        #[pyo3(get)]
        unit: char,
    }

    #[pymethods]
    impl Thermometer {
        /// `Thermometer(name, *, unit="C")`
        #[new]
        #[pyo3(signature = (name, *, unit='C'))]
        fn new(name: String, unit: char) -> Self {
            todo!("a sensor called {name}, which is a thermometer in {unit}")
        }
    }

    /// The name of the sensor with the highest value, among sensors of any kind. `None` if no sensor has a
    /// value. If several are equal, the first one.
    #[pyfunction]
    fn highest(sensors: Vec<Bound<'_, PyAny>>) -> Option<String> {
        todo!("the highest of {sensors:?}")
    }

    /// Sets the unit of a thermometer to C, F or K. For another letter: `ValueError`. For a sensor of another
    /// kind: `TypeError`.
    #[pyfunction]
    fn set_unit(thermometer: Bound<'_, PyAny>, unit: char) -> PyResult<()> {
        todo!("set {thermometer} to {unit}")
    }
}

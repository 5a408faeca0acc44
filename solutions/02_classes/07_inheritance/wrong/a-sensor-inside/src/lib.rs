//! The sensors of a weather station.

#[pyo3::pymodule]
mod inheritance {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// Something that measures.
    #[pyclass(subclass)]
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

    /// Measures temperatures. Python may inherit from it, too.
    #[pyclass(subclass)]
    struct Thermometer {
        #[pyo3(get)]
        unit: char,
        sensor: Sensor,
    }

    #[pymethods]
    impl Thermometer {
        /// `Thermometer(name, *, unit="C")`
        #[new]
        #[pyo3(signature = (name, *, unit='C'))]
        fn new(name: String, unit: char) -> Self {
            Thermometer {
                unit,
                sensor: Sensor::new(name),
            }
        }

        #[getter]
        fn name(&self) -> &str {
            &self.sensor.name
        }

        #[getter]
        fn values(&self) -> Vec<f64> {
            self.sensor.values.clone()
        }

        fn record(&mut self, value: f64) {
            self.sensor.record(value);
        }
    }

    /// The name of the sensor with the highest value, among sensors of any kind. `None` if no sensor has a
    /// value. If several are equal, the first one.
    #[pyfunction]
    fn highest(sensors: Vec<PyRef<'_, Sensor>>) -> Option<String> {
        let mut found: Option<(f64, &str)> = None;
        for sensor in &sensors {
            for &value in &sensor.values {
                if found.is_none_or(|(highest, _)| value > highest) {
                    found = Some((value, &sensor.name));
                }
            }
        }
        found.map(|(_, name)| name.to_owned())
    }

    /// Sets the unit of a thermometer to C, F or K. For another letter: `ValueError`. For a sensor of another
    /// kind: `TypeError`.
    #[pyfunction]
    fn set_unit(thermometer: &mut Thermometer, unit: char) -> PyResult<()> {
        if !matches!(unit, 'C' | 'F' | 'K') {
            return Err(PyValueError::new_err(format!(
                "{unit:?} isn't a unit of temperature"
            )));
        }
        thermometer.unit = unit;
        Ok(())
    }
}

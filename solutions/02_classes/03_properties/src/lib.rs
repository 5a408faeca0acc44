//! The thermostat of a room, in degrees Celsius.

#[pyo3::pymodule]
mod properties {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// A thermostat. As Python sees it:
    ///
    /// - `room`: its name, a string; can be set
    /// - `target`: the desired temperature; can be set, from 5 to 30, otherwise `ValueError`
    /// - `target_fahrenheit`: the same temperature in Fahrenheit; can be set, within the same bounds
    /// - `measured`: all measurements, a list; can't be set
    /// - `mean`: the mean of the measurements, or `None` if there are none; can't be set
    /// - `note`: a string or `None`; can be set and deleted; deleting it makes it `None`
    #[pyclass]
    struct Thermostat {
        #[pyo3(get, set)]
        room: String,
        #[pyo3(get)]
        target: f64,
        #[pyo3(get)]
        measured: Vec<f64>,
        #[pyo3(get, set)]
        note: Option<String>,
    }

    #[pymethods]
    impl Thermostat {
        #[new]
        fn new(room: String) -> Self {
            Thermostat {
                room,
                target: 20.0,
                measured: Vec::new(),
                note: None,
            }
        }

        /// Adds a measurement. This method is complete.
        fn measure(&mut self, degrees: f64) {
            self.measured.push(degrees);
        }

        #[setter]
        fn set_target(&mut self, degrees: f64) -> PyResult<()> {
            if !(5.0..=30.0).contains(&degrees) {
                return Err(PyValueError::new_err(format!(
                    "{degrees} is not from 5 to 30"
                )));
            }
            self.target = degrees;
            Ok(())
        }

        #[getter]
        fn target_fahrenheit(&self) -> f64 {
            self.target * 9.0 / 5.0 + 32.0
        }

        #[setter]
        fn set_target_fahrenheit(&mut self, degrees: f64) -> PyResult<()> {
            self.set_target((degrees - 32.0) * 5.0 / 9.0)
        }

        #[getter]
        fn mean(&self) -> Option<f64> {
            let count = self.measured.len();
            (count > 0).then(|| self.measured.iter().sum::<f64>() / count as f64)
        }

        #[deleter]
        fn delete_note(&mut self) {
            self.note = None;
        }
    }
}

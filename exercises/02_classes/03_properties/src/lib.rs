//! The thermostat of a room, in degrees Celsius.

#[pyo3::pymodule]
mod properties {
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
        // TODO: some of these fields can be attributes as they are.
        room: String,
        target: f64,
        measured: Vec<f64>,
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

        // TODO: in Python these are attributes, not methods. Some are missing.
        fn target(&self) -> f64 {
            todo!("the target in {}, which is {}", self.room, self.target)
        }

        fn mean(&self) -> Option<f64> {
            todo!("the mean of {:?}, {:?}", self.measured, self.note)
        }
    }
}

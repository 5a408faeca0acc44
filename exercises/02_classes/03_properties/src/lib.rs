//! The thermostat of a room, in degrees Celsius.

#[pyo3::pymodule]
mod properties {
    use pyo3::prelude::*;

    /// A thermostat. As Python sees it:
    ///
    /// - `room`: its name, a text; can be set
    /// - `target`: the temperature that is wanted; can be set, from 5 to 30, otherwise `ValueError`
    /// - `target_fahrenheit`: the same temperature in Fahrenheit; can be set, within the same bounds
    /// - `measured`: all that was measured, a list; cannot be set
    /// - `mean`: the mean of what was measured, `None` when there is nothing; cannot be set
    /// - `note`: a text or `None`; can be set, and deleted, after which it is `None`
    #[pyclass]
    struct Thermostat {
        // TODO: some of these fields can be seen as they are.
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

        // TODO: in Python these are attributes, and no methods. Some are missing altogether.
        fn target(&self) -> f64 {
            todo!("the target in {}, which is {}", self.room, self.target)
        }

        fn mean(&self) -> Option<f64> {
            todo!("the mean of {:?}, {:?}", self.measured, self.note)
        }
    }
}

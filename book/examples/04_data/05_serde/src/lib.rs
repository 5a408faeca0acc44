//! The settings of a heating system, as a web form sends them.

#[pyo3::pymodule]
mod heating {
    use pyo3::exceptions::{PyException, PyValueError};
    use pyo3::prelude::*;
    use pythonize::{Depythonizer, depythonize, pythonize};
    use serde::{Deserialize, Serialize};

    // ANCHOR: structs
    #[derive(Deserialize, Serialize)]
    struct Plan {
        rooms: Vec<Room>,
        #[serde(default)]
        holiday: bool,
    }

    #[derive(Deserialize, Serialize)]
    #[serde(deny_unknown_fields)]
    struct Room {
        name: String,
        degrees: f64,
        mode: Mode,
    }

    #[derive(Deserialize, Serialize)]
    enum Mode {
        Off,
        Timer { on: u8, off: u8 },
    }
    // ANCHOR_END: structs

    impl Plan {
        fn rooms_on_at(&self, hour: u8) -> Vec<String> {
            let on = |room: &&Room| match room.mode {
                Mode::Off => false,
                Mode::Timer { on, off } => !self.holiday && (on..off).contains(&hour),
            };
            let rooms = self.rooms.iter().filter(on);
            rooms.map(|room| room.name.clone()).collect()
        }
    }

    // ANCHOR: first
    /// The rooms that are heated at this hour.
    #[pyfunction]
    fn rooms_on(plan: &Bound<'_, PyAny>, hour: u8) -> PyResult<Vec<String>> {
        let plan: Plan = depythonize(plan)?;
        Ok(plan.rooms_on_at(hour))
    }
    // ANCHOR_END: first

    // ANCHOR: read
    fn read(plan: &Bound<'_, PyAny>) -> PyResult<Plan> {
        let py = plan.py();
        let found = serde_path_to_error::deserialize(&mut Depythonizer::from_object(plan));
        found.map_err(|error| {
            let place = format!("in {}", error.path());
            let error = catchable(py, error.into_inner().into());
            match error.add_note(py, place) {
                Ok(()) => error,
                Err(other) => other,
            }
        })
    }
    // ANCHOR_END: read

    // ANCHOR: catchable
    /// The error itself, or a `ValueError` if it's only an `Exception`.
    fn catchable(py: Python<'_>, error: PyErr) -> PyErr {
        if error.get_type(py).is(py.get_type::<PyException>()) {
            PyValueError::new_err(error.value(py).to_string())
        } else {
            error
        }
    }
    // ANCHOR_END: catchable

    // ANCHOR: without
    /// The plan without this room.
    #[pyfunction]
    fn without<'py>(plan: &Bound<'py, PyAny>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let py = plan.py();
        let mut plan = read(plan)?;
        plan.rooms.retain(|room| room.name != name);
        Ok(pythonize(py, &plan)?)
    }
    // ANCHOR_END: without
}

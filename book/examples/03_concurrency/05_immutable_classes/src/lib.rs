//! A turnstile counts visitors: once with `&mut self`, once without.

#[pyo3::pymodule]
mod turnstile {
    use std::sync::Mutex;

    use pyo3::prelude::*;

    // ANCHOR: exclusive
    /// While `enter` runs, the object belongs to that one call.
    #[pyclass]
    struct Exclusive {
        #[pyo3(get)]
        passed: u32,
    }

    #[pymethods]
    impl Exclusive {
        #[new]
        fn new() -> Self {
            Self { passed: 0 }
        }

        fn enter(&mut self, greet: &Bound<'_, PyAny>) -> PyResult<()> {
            self.passed += 1;
            greet.call0().map(drop)
        }
    }
    // ANCHOR_END: exclusive

    // ANCHOR: shared
    /// Values that belong together, behind one lock.
    #[derive(Default)]
    struct Day {
        passed: u32,
        last: Option<String>,
    }

    /// It never belongs to one call. Only what is behind the lock changes.
    #[pyclass(frozen)]
    struct Shared {
        day: Mutex<Day>,
    }
    // ANCHOR_END: shared

    #[pymethods]
    impl Shared {
        #[new]
        fn new() -> Self {
            Self {
                day: Mutex::default(),
            }
        }

        // ANCHOR: enter
        fn enter(&self, name: String, greet: &Bound<'_, PyAny>) -> PyResult<()> {
            let mut day = self.day.lock().unwrap();
            day.passed += 1;
            day.last = Some(name);
            drop(day); // before Python runs
            greet.call0().map(drop)
        }

        /// How many, and who was last: both from the same moment.
        fn look(&self) -> (u32, Option<String>) {
            let day = self.day.lock().unwrap();
            (day.passed, day.last.clone())
        }
        // ANCHOR_END: enter
    }

    // ANCHOR: visitors
    /// How many have passed through all of these. `get` doesn't need to be attached.
    #[pyfunction]
    fn visitors(py: Python<'_>, doors: Vec<Py<Shared>>) -> u32 {
        py.detach(|| doors.iter().map(|door| door.get().look().0).sum())
    }
    // ANCHOR_END: visitors
}

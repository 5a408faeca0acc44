//! A turnstile counts who comes in. Once with `&mut self`, once without.

#[pyo3::pymodule]
mod turnstile {
    use std::sync::Mutex;

    use pyo3::prelude::*;

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

    /// What belongs together is behind one lock.
    #[derive(Default)]
    struct Day {
        passed: u32,
        last: Option<String>,
    }

    /// It belongs to nobody. What changes is inside, behind a lock.
    #[pyclass(frozen)]
    struct Shared {
        day: Mutex<Day>,
    }

    #[pymethods]
    impl Shared {
        #[new]
        fn new() -> Self {
            Self {
                day: Mutex::default(),
            }
        }

        fn enter(&self, name: String, greet: &Bound<'_, PyAny>) -> PyResult<()> {
            let mut day = self.day.lock().unwrap();
            day.passed += 1;
            day.last = Some(name);
            drop(day); // before Python runs
            greet.call0().map(drop)
        }

        /// How many, and who was the last: from the same moment.
        fn look(&self) -> (u32, Option<String>) {
            let day = self.day.lock().unwrap();
            (day.passed, day.last.clone())
        }
    }

    /// How many have passed through any of them. `get` asks for no evidence.
    #[pyfunction]
    fn visitors(py: Python<'_>, doors: Vec<Py<Shared>>) -> u32 {
        py.detach(|| doors.iter().map(|door| door.get().look().0).sum())
    }
}

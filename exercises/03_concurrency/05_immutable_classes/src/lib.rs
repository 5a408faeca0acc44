//! A meter: how often something is done, how often it fails, and how many are doing it right now.

#[pyo3::pymodule]
mod immutable_classes {
    use pyo3::prelude::*;

    // TODO: many threads share one meter, and measured code may itself be measured. Nobody can have it exclusively.
    #[pyclass(get_all)]
    struct Meter {
        calls: u64,
        failures: u64,
        running: u64,
    }

    #[pymethods]
    impl Meter {
        #[new]
        fn new() -> Self {
            Self {
                calls: 0,
                failures: 0,
                running: 0,
            }
        }

        /// Calls `work`, counts the call, and returns the result. An exception is counted, too, and goes to the caller.
        fn measure<'py>(&mut self, work: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
            self.calls += 1;
            self.running += 1;
            let result = work.call0();
            self.running -= 1;
            if result.is_err() {
                self.failures += 1;
            }
            result
        }
    }

    /// How often something was done and how often it failed, over all of these meters.
    ///
    /// They may be in use. Reading them needs neither the interpreter nor a borrow.
    #[pyfunction]
    fn total(meters: Vec<Py<Meter>>) -> (u64, u64) {
        todo!("add up {} meters", meters.len())
    }
}

//! A meter: how often something is done, how often it fails, and how many are doing it right now.

#[pyo3::pymodule]
mod immutable_classes {
    use std::sync::Mutex;

    use pyo3::prelude::*;

    // Many threads share one meter, and measured code may itself be measured. So nothing may borrow it exclusively.
    #[pyclass(frozen)]
    struct Meter {
        numbers: Mutex<Numbers>,
    }

    #[derive(Default)]
    struct Numbers {
        calls: u64,
        failures: u64,
        running: u64,
    }

    #[pymethods]
    impl Meter {
        #[new]
        fn new() -> Self {
            Self {
                numbers: Mutex::default(),
            }
        }

        #[getter]
        fn calls(&self) -> u64 {
            self.numbers.lock().unwrap().calls
        }

        #[getter]
        fn failures(&self) -> u64 {
            self.numbers.lock().unwrap().failures
        }

        #[getter]
        fn running(&self) -> u64 {
            self.numbers.lock().unwrap().running
        }

        /// Calls `work`, counts the call, and returns the result. An exception is counted, too, and goes to the caller.
        fn measure<'py>(&self, work: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
            let mut numbers = self.numbers.lock().unwrap();
            numbers.calls += 1;
            numbers.running += 1;
            let result = work.call0();
            numbers.running -= 1;
            if result.is_err() {
                numbers.failures += 1;
            }
            result
        }
    }

    /// How often something was done and how often it failed, over all of these meters.
    ///
    /// They may be in use. Reading them needs neither the interpreter nor a borrow.
    #[pyfunction]
    fn total(meters: Vec<Py<Meter>>) -> (u64, u64) {
        meters.iter().map(Py::get).fold((0, 0), |sum, meter| {
            (sum.0 + meter.calls(), sum.1 + meter.failures())
        })
    }
}

//! A meter: how often something is done, how often it fails, and how many are at it just now.

#[pyo3::pymodule]
mod immutable_classes {
    use std::sync::Mutex;

    use pyo3::prelude::*;

    // Many threads share one meter, and what is measured may itself be measured. Nobody has it alone.
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

        /// Calls `work`, counts it, and returns what it returns. An exception is counted as well, and goes to the caller.
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

    /// How often something was done, by all of these meters, and how often it failed.
    ///
    /// They may be in use. To look at them takes neither the interpreter nor a permission.
    #[pyfunction]
    fn total(meters: Vec<Py<Meter>>) -> (u64, u64) {
        meters.iter().map(Py::get).fold((0, 0), |sum, meter| {
            (sum.0 + meter.calls(), sum.1 + meter.failures())
        })
    }
}

//! A meter: how often something is done, how often it fails, and how many are doing it right now.

#[pyo3::pymodule]
mod immutable_classes {
    use std::sync::atomic::{AtomicU64, Ordering};

    use pyo3::prelude::*;

    // Many threads share one meter, and measured code may itself be measured. So nothing may borrow it exclusively.
    #[pyclass(frozen)]
    struct Meter {
        calls: AtomicU64,
        failures: AtomicU64,
        running: AtomicU64,
    }

    #[pymethods]
    impl Meter {
        #[new]
        fn new() -> Self {
            Self {
                calls: AtomicU64::new(0),
                failures: AtomicU64::new(0),
                running: AtomicU64::new(0),
            }
        }

        #[getter]
        fn calls(&self) -> u64 {
            self.calls.load(Ordering::Relaxed)
        }

        #[getter]
        fn failures(&self) -> u64 {
            self.failures.load(Ordering::Relaxed)
        }

        #[getter]
        fn running(&self) -> u64 {
            self.running.load(Ordering::Relaxed)
        }

        /// Calls `work`, counts the call, and returns the result. An exception is counted, too, and goes to the caller.
        fn measure<'py>(&self, work: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
            self.calls.fetch_add(1, Ordering::Relaxed);
            self.running.fetch_add(1, Ordering::Relaxed);
            let result = work.call0()?;
            self.running.fetch_sub(1, Ordering::Relaxed);
            Ok(result)
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

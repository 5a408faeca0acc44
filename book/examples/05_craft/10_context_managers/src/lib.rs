//! A laser cutter whose laser mustn't stay on.

use pyo3::exceptions::PyException;

// ANCHOR: empty
pyo3::create_exception!(cutter, OutOfSheets, PyException, "The stack is empty.");
// ANCHOR_END: empty

#[pyo3::pymodule]
mod cutter {
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

    use pyo3::exceptions::PyRuntimeError;
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::OutOfSheets;

    // ANCHOR: laser
    #[pyclass(frozen)]
    struct Laser {
        is_on: AtomicBool,
        sheets: AtomicU32,
    }
    // ANCHOR_END: laser

    #[pymethods]
    impl Laser {
        #[new]
        fn new(sheets: u32) -> Self {
            Laser {
                is_on: AtomicBool::new(false),
                sheets: AtomicU32::new(sheets),
            }
        }

        #[getter]
        fn is_on(&self) -> bool {
            self.is_on.load(Ordering::Relaxed)
        }

        fn guard(slf: Py<Self>) -> Guard {
            slf.get().is_on.store(true, Ordering::Relaxed);
            Guard { laser: slf }
        }

        fn beam(slf: Py<Self>) -> Beam {
            Beam { laser: slf }
        }
    }

    // ANCHOR: guard
    #[pyclass(frozen)]
    struct Guard {
        laser: Py<Laser>,
    }

    impl Drop for Guard {
        fn drop(&mut self) {
            self.laser.get().is_on.store(false, Ordering::Relaxed);
        }
    }
    // ANCHOR_END: guard

    // ANCHOR: beam
    #[pyclass(frozen)]
    struct Beam {
        laser: Py<Laser>,
    }

    #[pymethods]
    impl Beam {
        fn __enter__(slf: Py<Self>) -> PyResult<Py<Self>> {
            if slf.get().laser.get().is_on.swap(true, Ordering::Relaxed) {
                return Err(PyRuntimeError::new_err("the laser is already on"));
            }
            Ok(slf)
        }
        // ANCHOR_END: beam

        // ANCHOR: exit
        fn __exit__(
            &self,
            _kind: &Bound<'_, PyAny>,
            error: Option<&Bound<'_, PyAny>>,
            _traceback: &Bound<'_, PyAny>,
        ) -> bool {
            self.laser.get().is_on.store(false, Ordering::Relaxed);
            error.is_some_and(|error| error.is_instance_of::<OutOfSheets>())
        }
        // ANCHOR_END: exit

        /// Cuts a sheet, and returns how many are left.
        fn cut(&self) -> PyResult<u32> {
            let sheets = &self.laser.get().sheets;
            let left = sheets.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
            let before = left.map_err(|_| OutOfSheets::new_err("load the machine"))?;
            Ok(before - 1)
        }
    }
}

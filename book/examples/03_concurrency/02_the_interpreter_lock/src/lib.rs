//! Items in stock, and two ways to take one out. One of them is wrong.

#[pyo3::pymodule]
mod stock {
    use std::sync::Mutex;

    use pyo3::prelude::*;

    // ANCHOR: stock
    #[pyclass(frozen)]
    struct Stock {
        left: Mutex<u32>,
    }
    // ANCHOR_END: stock

    #[pymethods]
    impl Stock {
        #[new]
        fn new(left: u32) -> Self {
            Self {
                left: Mutex::new(left),
            }
        }

        #[getter]
        fn left(&self) -> u32 {
            *self.left.lock().unwrap()
        }

        // ANCHOR: careless
        /// Looks, asks whether to take one, and stores one less than it saw.
        fn take_carelessly(&self, confirm: &Bound<'_, PyAny>) -> PyResult<()> {
            let seen = *self.left.lock().unwrap();
            confirm.call0()?; // another thread may run here, or this one may come back
            *self.left.lock().unwrap() = seen - 1;
            Ok(())
        }
        // ANCHOR_END: careless

        // ANCHOR: take
        /// Asks first. No Python runs between looking and taking.
        fn take(&self, confirm: &Bound<'_, PyAny>) -> PyResult<()> {
            confirm.call0()?;
            let mut left = self.left.lock().unwrap();
            *left -= 1;
            Ok(())
        }
        // ANCHOR_END: take
    }
}

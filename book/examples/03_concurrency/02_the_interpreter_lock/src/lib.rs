//! What is in stock. Two ways to take something out, one of which is wrong.

#[pyo3::pymodule]
mod stock {
    use std::sync::Mutex;

    use pyo3::prelude::*;

    #[pyclass(frozen)]
    struct Stock {
        left: Mutex<u32>,
    }

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

        /// Looks, asks whether to take one, and puts back what it saw less one.
        fn take_carelessly(&self, confirm: &Bound<'_, PyAny>) -> PyResult<()> {
            let seen = *self.left.lock().unwrap();
            confirm.call0()?; // here another thread may run, or this one may come back
            *self.left.lock().unwrap() = seen - 1;
            Ok(())
        }

        /// Asks first. Between looking and taking there is no Python.
        fn take(&self, confirm: &Bound<'_, PyAny>) -> PyResult<()> {
            confirm.call0()?;
            let mut left = self.left.lock().unwrap();
            *left -= 1;
            Ok(())
        }
    }
}

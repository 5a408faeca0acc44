//! A warehouse whose stock changes in transactions.

use pyo3::exceptions::PyException;

pyo3::create_exception!(
    context_managers,
    Rollback,
    PyException,
    "Gives up a transaction. Its `with` block ends quietly."
);

#[pyo3::pymodule]
mod context_managers {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use pyo3::exceptions::{PyRuntimeError, PyValueError};
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::Rollback;

    /// How many of each item there are. This class is complete.
    #[pyclass(frozen)]
    struct Warehouse {
        stock: Mutex<BTreeMap<String, i64>>,
    }

    #[pymethods]
    impl Warehouse {
        #[new]
        fn new(stock: BTreeMap<String, i64>) -> Self {
            Warehouse {
                stock: Mutex::new(stock),
            }
        }

        fn stock(&self) -> BTreeMap<String, i64> {
            self.stock.lock().unwrap().clone()
        }

        fn transaction(slf: Py<Self>) -> Transaction {
            Transaction {
                warehouse: slf,
                open: None,
            }
        }
    }

    impl Warehouse {
        /// Makes all these movements. If that would leave less than none of an item, makes none of them and returns a
        /// `ValueError`.
        fn apply(&self, movements: &[(String, i64)]) -> PyResult<()> {
            let mut stock = self.stock.lock().unwrap();
            let mut after = stock.clone();
            for (item, count) in movements {
                *after.entry(item.clone()).or_default() += count;
            }
            if let Some((item, count)) = after.iter().find(|(_, count)| **count < 0) {
                let missing = count.unsigned_abs();
                return Err(PyValueError::new_err(format!("{missing} too few: {item}")));
            }
            *stock = after;
            Ok(())
        }
    }

    /// Movements in and out of a warehouse that happen together or not at all.
    ///
    /// It's open inside its `with` block, and each block begins without movements. It is closed outside, however the block
    /// ended. What happens to the movements depends on the end:
    ///
    /// - **normally:** all of them are made, or none and there's a `ValueError`
    /// - **with a `Rollback`,** or an exception derived from it: none is made, and the program continues after the block
    /// - **with any other exception:** none is made, and the caller gets that exception
    #[pyclass]
    struct Transaction {
        warehouse: Py<Warehouse>,
        /// The movements so far; `None` while it's closed.
        open: Option<Vec<(String, i64)>>,
    }

    #[pymethods]
    impl Transaction {
        /// Notes a movement: a positive count comes in, a negative one goes out. If the transaction is closed, it's a
        /// `RuntimeError`. This method is complete.
        fn add(&mut self, item: String, count: i64) -> PyResult<()> {
            let Some(movements) = &mut self.open else {
                return Err(PyRuntimeError::new_err("the transaction is closed"));
            };
            movements.push((item, count));
            Ok(())
        }

        /// The start of the block: `with` gives its result to the name after `as`. A transaction that is already open
        /// can't be opened again: that's a `RuntimeError`, and its movements remain.
        fn __enter__(mut slf: PyRefMut<'_, Self>) -> PyResult<PyRefMut<'_, Self>> {
            if slf.open.is_some() {
                return Err(PyRuntimeError::new_err("the transaction is already open"));
            }
            slf.open = Some(Vec::new());
            Ok(slf)
        }

        /// The end of the block. `error` is the exception that ended it, or `None`. `true` swallows the exception.
        fn __exit__(
            &mut self,
            _kind: &Bound<'_, PyAny>,
            error: Option<&Bound<'_, PyAny>>,
            _traceback: &Bound<'_, PyAny>,
        ) -> PyResult<bool> {
            let movements = self.open.take().unwrap_or_default();
            if error.is_some() {
                return Ok(true);
            }
            self.warehouse.get().apply(&movements)?;
            Ok(false)
        }
    }
}

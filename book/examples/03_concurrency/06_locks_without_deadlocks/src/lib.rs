//! Accounts. An auditor, who is written in Python, looks on while money is moved.

#[pyo3::pymodule]
mod bank {
    use std::sync::Mutex;

    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pyo3::sync::MutexExt;

    #[pyclass(frozen)]
    struct Account {
        number: u32,
        balance: Mutex<u64>,
    }

    #[pymethods]
    impl Account {
        #[new]
        fn new(number: u32, balance: u64) -> Self {
            Self {
                number,
                balance: Mutex::new(balance),
            }
        }

        #[getter]
        fn balance(&self, py: Python<'_>) -> u64 {
            *self.balance.lock_py_attached(py).unwrap()
        }
    }

    /// Moves money, unless the auditor raises. Until he has spoken, both accounts are locked.
    #[pyfunction]
    fn transfer(
        from: &Bound<'_, Account>,
        to: &Bound<'_, Account>,
        amount: u64,
        audit: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        let (py, from, to) = (from.py(), from.get(), to.get());
        if from.number == to.number {
            return Err(PyValueError::new_err("it is the same account"));
        }
        // All lock the account with the lower number first, so nobody waits in a circle.
        let (first, second) = if from.number < to.number {
            (from, to)
        } else {
            (to, from)
        };
        let first = first.balance.lock_py_attached(py).unwrap();
        let second = second.balance.lock_py_attached(py).unwrap();
        let (mut payer, mut payee) = if from.number < to.number {
            (first, second)
        } else {
            (second, first)
        };
        let left = payer
            .checked_sub(amount)
            .ok_or_else(|| PyValueError::new_err("not enough"))?;
        audit.call1((amount, left))?;
        *payer = left;
        *payee += amount;
        Ok(())
    }
}

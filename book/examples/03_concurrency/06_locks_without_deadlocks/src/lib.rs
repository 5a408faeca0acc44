//! Bank accounts. An auditor, written in Python, approves each transfer.

#[pyo3::pymodule]
mod bank {
    use std::sync::{Mutex, MutexGuard};

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

        // ANCHOR: balance
        #[getter]
        fn balance(&self, py: Python<'_>) -> u64 {
            *self.balance.lock_py_attached(py).unwrap()
        }
        // ANCHOR_END: balance
    }

    // ANCHOR: lock_both
    /// Locks both accounts, the one with the lower number first.
    fn lock_both<'a>(
        py: Python<'_>,
        from: &'a Account,
        to: &'a Account,
    ) -> (MutexGuard<'a, u64>, MutexGuard<'a, u64>) {
        if from.number < to.number {
            let payer = from.balance.lock_py_attached(py).unwrap();
            (payer, to.balance.lock_py_attached(py).unwrap())
        } else {
            let payee = to.balance.lock_py_attached(py).unwrap();
            (from.balance.lock_py_attached(py).unwrap(), payee)
        }
    }
    // ANCHOR_END: lock_both

    // ANCHOR: transfer
    /// Moves money, unless the auditor raises. Until then, both accounts stay locked.
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
        let (mut payer, mut payee) = lock_both(py, from, to);
        let left = payer
            .checked_sub(amount)
            .ok_or_else(|| PyValueError::new_err("not enough"))?;
        audit.call1((amount, left))?;
        *payer = left;
        *payee += amount;
        Ok(())
    }
    // ANCHOR_END: transfer
}

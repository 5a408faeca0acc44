//! The accounts of a small bank, in cents.

#[pyo3::pymodule]
mod methods {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// An account. It is never in debt.
    #[pyclass]
    struct Account {
        cents: u64,
        /// All deposits and withdrawals, in order. Withdrawals are negative.
        movements: Vec<i64>,
    }

    #[pymethods]
    impl Account {
        #[new]
        fn new() -> Self {
            Account {
                cents: 0,
                movements: Vec::new(),
            }
        }

        /// The balance.
        fn balance(&self) -> u64 {
            self.cents
        }

        /// Deposits money and returns the new balance.
        fn deposit(&mut self, cents: u32) -> u64 {
            self.cents += u64::from(cents);
            self.movements.push(cents.into());
            self.cents
        }

        /// Withdraws money and returns the new balance. If there isn't enough: `ValueError`, and nothing changes.
        fn withdraw(&mut self, cents: u32) -> PyResult<u64> {
            let rest = self.cents.checked_sub(cents.into());
            self.cents = rest.ok_or_else(|| PyValueError::new_err("there is not enough money"))?;
            self.movements.push(-i64::from(cents));
            Ok(self.cents)
        }

        /// Transfers money to another account, or to the same one, and returns the new balance of this one. If there isn't
        /// enough: `ValueError`, and nothing changes.
        fn transfer(slf: &Bound<'_, Self>, to: &Bound<'_, Self>, cents: u32) -> PyResult<u64> {
            slf.borrow_mut().withdraw(cents)?;
            to.borrow_mut().deposit(cents);
            Ok(slf.borrow().cents)
        }

        /// Calls `visit` with each movement so far. `visit` may do anything with the account: it may
        /// deposit and withdraw. Exceptions go to the caller.
        fn each(slf: &Bound<'_, Self>, visit: &Bound<'_, PyAny>) -> PyResult<()> {
            let movements = slf.borrow().movements.clone();
            for movement in movements {
                visit.call1((movement,))?;
            }
            Ok(())
        }

        /// Deposits several amounts and returns the account itself: `account.deposit_all([1, 2]).balance()`.
        fn deposit_all(&mut self, amounts: Vec<u32>) -> Self {
            for cents in amounts {
                self.deposit(cents);
            }
            Account {
                cents: self.cents,
                movements: self.movements.clone(),
            }
        }
    }
}

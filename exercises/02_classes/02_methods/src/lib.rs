//! The accounts of a small bank, in cents.

#[pyo3::pymodule]
mod methods {
    use pyo3::prelude::*;

    /// An account. It is never in debt.
    #[pyclass]
    struct Account {
        cents: u64,
        /// All deposits and withdrawals, in order. Withdrawals are negative.
        movements: Vec<i64>,
    }

    // TODO: give each method the right receiver.
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
            todo!("there are {} movements", self.movements.len())
        }

        /// Deposits money and returns the new balance.
        fn deposit(&self, cents: u32) -> u64 {
            todo!("deposit {cents} into an account with {}", self.cents)
        }

        /// Withdraws money and returns the new balance. If there isn't enough: `ValueError`, and nothing changes.
        fn withdraw(&self, cents: u32) -> PyResult<u64> {
            todo!("withdraw {cents} from an account with {}", self.cents)
        }

        /// Transfers money to another account, or to the same one, and returns the new balance of this one. If there isn't
        /// enough: `ValueError`, and nothing changes.
        fn transfer(&self, to: &Bound<'_, Self>, cents: u32) -> PyResult<u64> {
            todo!("transfer {cents} to {to}, out of {}", self.cents)
        }

        /// Calls `visit` with each movement so far. `visit` may do anything with the account: it may
        /// deposit and withdraw. Exceptions go to the caller.
        fn each(&self, visit: &Bound<'_, PyAny>) -> PyResult<()> {
            todo!("call {visit} {} times", self.movements.len())
        }

        /// Deposits several amounts and returns the account itself: `account.deposit_all([1, 2]).balance()`.
        fn deposit_all(&self, amounts: Vec<u32>) {
            todo!("deposit {amounts:?} into an account with {}", self.cents)
        }
    }
}

//! The accounts of a small bank, in cents.

#[pyo3::pymodule]
mod methods {
    use pyo3::prelude::*;

    /// An account. It is never in debt.
    #[pyclass]
    struct Account {
        cents: u64,
        /// All that was paid in and out, in order. What was paid out is negative.
        movements: Vec<i64>,
    }

    // TODO: each method has to say how it takes the account it is called on.
    #[pymethods]
    impl Account {
        #[new]
        fn new() -> Self {
            Account {
                cents: 0,
                movements: Vec::new(),
            }
        }

        /// How much is in it.
        fn balance(&self) -> u64 {
            todo!("there are {} movements", self.movements.len())
        }

        /// Pays in, and returns the new balance.
        fn deposit(&self, cents: u32) -> u64 {
            todo!("{cents} to the {} that are there", self.cents)
        }

        /// Pays out, and returns the new balance. If there is not enough: `ValueError`, and nothing has happened.
        fn withdraw(&self, cents: u32) -> PyResult<u64> {
            todo!("{cents} from the {} that are there", self.cents)
        }

        /// Moves money to another account, or to the same one, and returns the new balance of this one. If there is not
        /// enough: `ValueError`, and nothing has happened.
        fn transfer(&self, to: &Bound<'_, Self>, cents: u32) -> PyResult<u64> {
            todo!("{cents} to {to} from the {} that are there", self.cents)
        }

        /// Calls `visit` with each movement there is at this moment. What `visit` does with the account is its own affair: it
        /// may pay in and out. Exceptions go to the caller.
        fn each(&self, visit: &Bound<'_, PyAny>) -> PyResult<()> {
            todo!("call {visit} {} times", self.movements.len())
        }

        /// Pays in many amounts, and returns the account itself: `account.deposit_all([1, 2]).balance()`.
        fn deposit_all(&self, amounts: Vec<u32>) {
            todo!("{amounts:?} to the {} that are there", self.cents)
        }
    }
}

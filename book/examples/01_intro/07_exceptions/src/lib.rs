//! A bank that refuses politely.

#[pyo3::pymodule]
mod accounts {
    use std::num::ParseIntError;
    use std::path::PathBuf;

    use pyo3::exceptions::{PyKeyError, PyValueError};
    use pyo3::prelude::*;

    // ANCHOR: careless
    /// A first attempt. It panics if the balance is too low.
    #[pyfunction]
    fn withdraw_carelessly(balance: u64, amount: u64) -> u64 {
        balance - amount
    }
    // ANCHOR_END: careless

    // ANCHOR: withdraw
    /// What is left of the balance.
    #[pyfunction]
    fn withdraw(balance: u64, amount: u64) -> PyResult<u64> {
        if amount == 0 {
            return Err(PyValueError::new_err("nothing to withdraw"));
        }
        balance
            .checked_sub(amount)
            .ok_or_else(|| PyValueError::new_err(format!("{balance} is less than {amount}")))
    }
    // ANCHOR_END: withdraw

    // ANCHOR: parse
    /// Errors of the standard library become the corresponding exceptions.
    #[pyfunction]
    fn parse_amount(text: &str) -> Result<u64, ParseIntError> {
        text.trim().parse()
    }

    /// `?` converts as well: first an I/O error, then one from parsing.
    #[pyfunction]
    fn sum_of_file(path: PathBuf) -> PyResult<u64> {
        let mut sum = 0;
        for line in std::fs::read_to_string(path)?.lines() {
            sum += parse_amount(line)?;
        }
        Ok(sum)
    }
    // ANCHOR_END: parse

    // ANCHOR: refusal
    /// An error type for code that knows nothing about Python.
    enum Refusal {
        NoSuchAccount(String),
        Frozen,
    }

    /// The one place that decides what Python sees.
    impl From<Refusal> for PyErr {
        fn from(refusal: Refusal) -> Self {
            match refusal {
                Refusal::NoSuchAccount(name) => PyKeyError::new_err(name),
                Refusal::Frozen => PyValueError::new_err("the account is frozen"),
            }
        }
    }

    #[pyfunction]
    fn balance(name: String) -> Result<u64, Refusal> {
        match name.as_str() {
            "Ada" => Ok(1200),
            "Bob" => Err(Refusal::Frozen),
            _ => Err(Refusal::NoSuchAccount(name)),
        }
    }
    // ANCHOR_END: refusal

    // ANCHOR: rate
    /// The exchange rate, or 1 if there is none for this currency.
    #[pyfunction]
    fn rate_or_one(rates: &Bound<'_, PyAny>, currency: &str) -> PyResult<f64> {
        match rates.get_item(currency) {
            Ok(rate) => rate.extract(),
            Err(error) if error.is_instance_of::<PyKeyError>(rates.py()) => Ok(1.0),
            Err(error) => Err(error),
        }
    }
    // ANCHOR_END: rate
}

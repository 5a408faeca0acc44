//! A bank that refuses politely.

#[pyo3::pymodule]
mod accounts {
    use std::num::ParseIntError;
    use std::path::PathBuf;

    use pyo3::exceptions::{PyKeyError, PyValueError};
    use pyo3::prelude::*;

    /// The plain way: make the exception where the mistake is found.
    #[pyfunction]
    fn withdraw(balance: u64, amount: u64) -> PyResult<u64> {
        if amount == 0 {
            return Err(PyValueError::new_err("nothing to withdraw"));
        }
        balance
            .checked_sub(amount)
            .ok_or_else(|| PyValueError::new_err(format!("{balance} is less than {amount}")))
    }

    /// Errors of the standard library become the exceptions that they correspond to.
    #[pyfunction]
    fn parse_amount(text: &str) -> Result<u64, ParseIntError> {
        text.trim().parse()
    }

    /// `?` converts as well: here an input/output error, then one of a text that is no number.
    #[pyfunction]
    fn sum_of_file(path: PathBuf) -> PyResult<u64> {
        let mut sum = 0;
        for line in std::fs::read_to_string(path)?.lines() {
            sum += parse_amount(line)?;
        }
        Ok(sum)
    }

    /// An error type of one's own, for code that should know nothing of Python.
    enum Refusal {
        NoSuchAccount(String),
        Frozen,
    }

    /// The one place in which it is decided what Python sees.
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

    /// The other direction: an exception that Python code has raised is a value in Rust.
    #[pyfunction]
    fn rate_or_one(rates: &Bound<'_, PyAny>, currency: &str) -> PyResult<f64> {
        match rates.get_item(currency) {
            Ok(rate) => rate.extract(),
            Err(error) if error.is_instance_of::<PyKeyError>(rates.py()) => Ok(1.0),
            Err(error) => Err(error),
        }
    }

    /// Panics when there are no bookings.
    #[pyfunction]
    fn latest(bookings: Vec<i64>) -> i64 {
        bookings[bookings.len() - 1]
    }
}

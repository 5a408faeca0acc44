//! Adds up invoices in several currencies. The inner functions know little about Python; the errors find their way to it.

#[pyo3::pymodule]
mod anyhow_and_thiserror {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::PathBuf;

    use anyhow::{Context, ensure};
    use pyo3::prelude::*;

    /// What can be wrong with rates.
    #[derive(Debug, thiserror::Error)]
    enum RateError {
        #[error("line {0} isn't a rate")]
        Malformed(usize),
        #[error("{0} can't be {1}")]
        Impossible(String, f64),
        #[error("there is no rate for {0}")]
        Unknown(String),
    }

    /// An error on its way to Python, with everything that was added to it on the way.
    struct Failure(anyhow::Error);

    impl<E: Into<anyhow::Error>> From<E> for Failure {
        fn from(error: E) -> Self {
            Failure(error.into())
        }
    }

    /// The exception that Python sees. The first of these that is in the error's chain decides:
    ///
    /// - a Python exception: that same exception object;
    /// - an `io::Error`: the matching subclass of `OSError`;
    /// - a `RateError`: `LookupError` if the rate is unknown, otherwise `ValueError`.
    ///
    /// The message is the one of that error alone. Each context around it becomes a note, the innermost first.
    ///
    /// If there is nothing of the kind, it is a `RuntimeError` whose message is the whole chain on one line, the outermost
    /// first, separated by `: `.
    // TODO: PyO3's own conversion isn't enough.
    impl From<Failure> for PyErr {
        fn from(Failure(error): Failure) -> Self {
            error.into()
        }
    }

    /// The rates in a text with lines such as `USD 0.875`. This function is complete, and so are those below.
    fn parse(text: &str) -> Result<BTreeMap<String, f64>, RateError> {
        let mut rates = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let malformed = || RateError::Malformed(number + 1);
            let (currency, rate) = line.split_once(' ').ok_or_else(malformed)?;
            let rate: f64 = rate.parse().map_err(|_| malformed())?;
            if rate <= 0.0 {
                return Err(RateError::Impossible(currency.to_owned(), rate));
            }
            rates.insert(currency.to_owned(), rate);
        }
        Ok(rates)
    }

    /// The rates in a file.
    #[pyfunction]
    fn read_rates(path: PathBuf) -> Result<BTreeMap<String, f64>, Failure> {
        let text = fs::read_to_string(&path).context("reading the rates")?;
        Ok(parse(&text).with_context(|| format!("in {}", path.display()))?)
    }

    fn convert(amount: f64, currency: &str, rate: &Bound<'_, PyAny>) -> anyhow::Result<f64> {
        let rate = rate.call1((currency,))?;
        if rate.is_none() {
            return Err(RateError::Unknown(currency.to_owned()).into());
        }
        Ok(amount * rate.extract::<f64>()?)
    }

    fn add_up(items: Vec<(f64, String)>, rate: &Bound<'_, PyAny>) -> anyhow::Result<f64> {
        ensure!(!items.is_empty(), "there is nothing to add up");
        let mut total = 0.0;
        for (amount, currency) in items {
            total += convert(amount, &currency, rate)
                .with_context(|| format!("converting {amount} {currency}"))?;
        }
        Ok(total)
    }

    /// The total of an invoice. `rate(currency)` is Python: a number, or `None` if it doesn't know the currency.
    #[pyfunction]
    fn total(items: Vec<(f64, String)>, rate: &Bound<'_, PyAny>) -> Result<f64, Failure> {
        Ok(add_up(items, rate).context("adding up the invoice")?)
    }
}

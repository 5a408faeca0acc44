//! Money, to the last cent.

#[pyo3::pymodule]
mod decimals_and_large_numbers {
    use num_bigint::BigInt;
    use pyo3::exceptions::{PyOverflowError, PyValueError};
    use pyo3::prelude::*;
    use rust_decimal::{Decimal, RoundingStrategy};

    /// The value of a `decimal.Decimal`, exactly.
    ///
    /// Anything but a `decimal.Decimal` is a `TypeError`, even a number. A value that Rust's `Decimal` can't hold exactly is
    /// a `ValueError`.
    fn exact(value: &Bound<'_, PyAny>) -> PyResult<Decimal> {
        value.extract()
    }

    /// The price with tax: `gross(Decimal("10.00"), Decimal("0.19")) == Decimal("11.90")`.
    ///
    /// It always has two decimals. Half a cent is rounded up, or down if the price is negative. A price
    /// that's too large for a `Decimal` is an `OverflowError`.
    #[pyfunction]
    fn gross(net: &Bound<'_, PyAny>, rate: &Bound<'_, PyAny>) -> PyResult<Decimal> {
        let (net, rate) = (exact(net)?, exact(rate)?);
        let exact = (Decimal::ONE.checked_add(rate))
            .and_then(|factor| net.checked_mul(factor))
            .ok_or_else(|| PyOverflowError::new_err("the price is too large"))?;
        let mut gross = exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        gross.rescale(2);
        Ok(gross)
    }

    /// Divides an amount in proportion to the weights, in whole units. What remains goes to the first share, so that nothing
    /// is lost.
    ///
    /// There is no upper limit to the numbers. A negative number is a `ValueError`, and so are weights with the sum 0.
    #[pyfunction]
    fn split(amount: BigInt, weights: Vec<BigInt>) -> PyResult<Vec<BigInt>> {
        let sum: BigInt = weights.iter().sum();
        if amount < BigInt::ZERO || weights.iter().min() < Some(&BigInt::ZERO) {
            return Err(PyValueError::new_err("a number is negative"));
        }
        if sum == BigInt::ZERO {
            return Err(PyValueError::new_err("the weights have the sum 0"));
        }
        let mut shares: Vec<BigInt> = weights
            .iter()
            .map(|weight| &amount * weight / &sum)
            .collect();
        let given: BigInt = shares.iter().sum();
        shares[0] += amount - given;
        Ok(shares)
    }
}

//! Money, to the last cent.

#[pyo3::pymodule]
mod decimals_and_large_numbers {
    use num_bigint::BigInt;
    use pyo3::prelude::*;
    use rust_decimal::Decimal;

    /// The value of a `decimal.Decimal`, exactly.
    ///
    /// Anything but a `decimal.Decimal` is a `TypeError`, even a number. A value that Rust's `Decimal` can't hold exactly is
    /// a `ValueError`.
    fn exact(value: &Bound<'_, PyAny>) -> PyResult<Decimal> {
        todo!("check {value}")
    }

    /// The price with tax: `gross(Decimal("10.00"), Decimal("0.19")) == Decimal("11.90")`.
    ///
    /// It always has two decimals. Half a cent is rounded up, or down if the price is negative. A price
    /// that's too large for a `Decimal` is an `OverflowError`.
    #[pyfunction]
    fn gross(net: &Bound<'_, PyAny>, rate: &Bound<'_, PyAny>) -> PyResult<Decimal> {
        let (net, rate) = (exact(net)?, exact(rate)?);
        todo!("{net} with a tax of {rate}")
    }

    /// Divides an amount in proportion to the weights, in whole units. What remains goes to the first share, so that nothing
    /// is lost.
    ///
    /// There is no upper limit to the numbers. A negative number is a `ValueError`, and so are weights with the sum 0.
    // TODO: which type has no limit?
    #[pyfunction]
    fn split(amount: u64, weights: Vec<u64>) -> PyResult<Vec<u64>> {
        todo!("{amount} by {weights:?}, {}", BigInt::ZERO)
    }
}

//! The total of an invoice.

#[pyo3::pymodule]
mod arguments {
    use pyo3::prelude::*;

    /// The total of an invoice, in cents.
    ///
    /// `lines` is a sequence of `(article, quantity, price)`, where the price is for one piece, in cents. `special`
    /// maps articles to this customer's prices, which replace those in the lines.
    ///
    /// Quantities and prices are non-negative integers. Anything else is refused. You don't need any code for that:
    /// the types of the parameters take care of it.
    // TODO: give both parameters the right type.
    #[pyfunction]
    #[pyo3(signature = (lines, special=None))]
    fn total(lines: &Bound<'_, PyAny>, special: Option<&Bound<'_, PyAny>>) -> u64 {
        todo!("add up {lines:?}, with the special prices {special:?}")
    }
}

//! Invoices, added up.

#[pyo3::pymodule]
mod arguments {
    use pyo3::prelude::*;

    /// The total of an invoice, in cents.
    ///
    /// `lines` is a sequence of `(article, quantity, price)`, where the price is that of one piece, in cents. `special`
    /// maps an article to its price for this customer, which replaces the one in the line.
    ///
    /// Quantities and prices are whole numbers that are not negative. Anything else is refused, and not by this
    /// function's body: the types of its parameters see to it.
    // TODO: give both parameters a type that says what they hold.
    #[pyfunction]
    #[pyo3(signature = (lines, special=None))]
    fn total(lines: &Bound<'_, PyAny>, special: Option<&Bound<'_, PyAny>>) -> u64 {
        todo!("add up {lines:?}, with the special prices {special:?}")
    }
}

//! Invoices, added up.

#[pyo3::pymodule]
mod arguments {
    use std::collections::HashMap;

    use pyo3::prelude::*;

    /// The total of an invoice, in cents.
    ///
    /// `lines` is a sequence of `(article, quantity, price)`, where the price is that of one piece, in cents. `special`
    /// maps an article to its price for this customer, which replaces the one in the line.
    ///
    /// Quantities and prices are whole numbers that are not negative. Anything else is refused, and not by this
    /// function's body: the types of its parameters see to it.
    #[pyfunction]
    #[pyo3(signature = (lines, special=None))]
    fn total(lines: Vec<(String, u64, u64)>, special: Option<HashMap<String, u64>>) -> u64 {
        let special = special.unwrap_or_default();
        lines
            .into_iter()
            .map(|(article, quantity, price)| quantity * special.get(&article).unwrap_or(&price))
            .sum()
    }
}

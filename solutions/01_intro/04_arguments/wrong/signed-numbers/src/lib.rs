//! The total of an invoice.

#[pyo3::pymodule]
mod arguments {
    use std::collections::HashMap;

    use pyo3::prelude::*;

    /// The total of an invoice, in cents.
    ///
    /// `lines` is a sequence of `(article, quantity, price)`, where the price is for one piece, in cents. `special`
    /// maps articles to this customer's prices, which replace those in the lines.
    ///
    /// Quantities and prices are non-negative integers. Anything else is refused. You don't need any code for that:
    /// the types of the parameters take care of it.
    #[pyfunction]
    #[pyo3(signature = (lines, special=None))]
    fn total(lines: Vec<(String, i64, i64)>, special: Option<HashMap<String, i64>>) -> i64 {
        let special = special.unwrap_or_default();
        lines
            .into_iter()
            .map(|(article, quantity, price)| quantity * special.get(&article).unwrap_or(&price))
            .sum()
    }
}

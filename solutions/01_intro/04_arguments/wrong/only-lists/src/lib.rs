//! Invoices, added up.

#[pyo3::pymodule]
mod arguments {
    use std::collections::HashMap;

    use pyo3::prelude::*;
    use pyo3::types::PyList;

    /// The total of an invoice, in cents.
    ///
    /// `lines` is a sequence of `(article, quantity, price)`, where the price is that of one piece, in cents. `special`
    /// maps an article to its price for this customer, which replaces the one in the line.
    ///
    /// Quantities and prices are whole numbers that are not negative. Anything else is refused, and not by this
    /// function's body: the types of its parameters see to it.
    #[pyfunction]
    #[pyo3(signature = (lines, special=None))]
    fn total(lines: &Bound<'_, PyList>, special: Option<HashMap<String, u64>>) -> PyResult<u64> {
        let special = special.unwrap_or_default();
        let mut total = 0;
        for line in lines {
            let (article, quantity, price): (String, u64, u64) = line.extract()?;
            total += quantity * special.get(&article).unwrap_or(&price);
        }
        Ok(total)
    }
}

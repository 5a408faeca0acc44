//! The total of an invoice.

#[pyo3::pymodule]
mod arguments {
    use std::collections::HashMap;

    use pyo3::prelude::*;
    use pyo3::types::PyList;

    /// The total of an invoice, in cents.
    ///
    /// `lines` is a sequence of `(article, quantity, price)`, where the price is for one piece, in cents. `special`
    /// maps articles to this customer's prices, which replace those in the lines.
    ///
    /// Quantities and prices are non-negative integers. Anything else is refused. You don't need any code for that:
    /// the types of the parameters take care of it.
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

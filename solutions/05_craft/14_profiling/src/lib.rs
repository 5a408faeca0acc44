//! Invoices for orders. The objects and the prices come from Python, and each question to Python costs time.

#[pyo3::pymodule]
mod invoices {
    use std::collections::HashMap;
    use std::collections::hash_map::Entry;

    use pyo3::prelude::*;

    /// What each of these orders costs, in cents.
    ///
    /// An order is an iterable of lines. A line is a Python object with the attributes `article`, a string, and `count`, at
    /// least one. What an article costs is the result of `price(article)`. After each order, `progress(done)` is called with the number of
    /// orders that are done.
    ///
    /// An exception from any of these reaches the caller, and nothing else is called after it.
    #[pyfunction]
    fn totals(
        orders: &Bound<'_, PyAny>,
        price: &Bound<'_, PyAny>,
        progress: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<u64>> {
        let mut prices: HashMap<String, u64> = HashMap::new();
        let mut totals = Vec::new();
        for order in orders.try_iter()? {
            let mut total = 0;
            for line in order?.try_iter()? {
                let line = line?;
                let count: u64 = line.getattr("count")?.extract()?;
                let article: String = line.getattr("article")?.extract()?;
                let cents = match prices.entry(article) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(unknown) => {
                        let cents = price.call1((unknown.key(),))?.extract()?;
                        *unknown.insert(cents)
                    }
                };
                total += count * cents;
            }
            totals.push(total);
            progress.call1((totals.len(),))?;
        }
        Ok(totals)
    }
}

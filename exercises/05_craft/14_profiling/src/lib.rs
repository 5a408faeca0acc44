//! Invoices for orders. The objects and the prices come from Python, and each question to Python costs time.

#[pyo3::pymodule]
mod invoices {
    use pyo3::prelude::*;

    /// What each of these orders costs, in cents.
    ///
    /// An order is an iterable of lines. A line is a Python object with the attributes `article`, a string, and `count`, at
    /// least one. What an article costs is the result of `price(article)`. After each order, `progress(done)` is called with the number of
    /// orders that are done.
    ///
    /// An exception from any of these reaches the caller, and nothing else is called after it.
    // TODO: the results are right, but `totals` crosses the border too often. In one call, `price` should be asked once for
    // each article, and each attribute of a line should be read once. The next call asks again, because prices change.
    #[pyfunction]
    fn totals(
        orders: &Bound<'_, PyAny>,
        price: &Bound<'_, PyAny>,
        progress: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<u64>> {
        let mut totals = Vec::new();
        for order in orders.try_iter()? {
            totals.push(0);
            for line in order?.try_iter()? {
                let line = line?;
                for _ in 0..line.getattr("count")?.extract()? {
                    let cents: u64 = price.call1((line.getattr("article")?,))?.extract()?;
                    *totals.last_mut().expect("there is an order") += cents;
                }
            }
            progress.call1((totals.len(),))?;
        }
        Ok(totals)
    }
}

//! Sheets of paper, for printers.

#[pyo3::pymodule]
mod pressroom {
    use pyo3::prelude::*;

    // ANCHOR: version
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
    // ANCHOR_END: version

    /// The sheets of paper for a book.
    #[pyfunction]
    fn sheets(pages: u32, per_sheet: u32) -> PyResult<u32> {
        if per_sheet == 0 {
            let message = "a sheet has at least one page";
            return Err(pyo3::exceptions::PyValueError::new_err(message));
        }
        Ok(pages.div_ceil(per_sheet))
    }
}

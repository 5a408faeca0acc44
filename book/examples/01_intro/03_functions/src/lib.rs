//! Invoice numbers, and notes on invoices.

#[pyo3::pymodule]
mod invoicing {
    use pyo3::prelude::*;
    use pyo3::types::{PyDict, PyTuple};

    // ANCHOR: plain
    /// The number of an invoice: a first attempt.
    #[pyfunction]
    fn plain_number(year: u16, sequence: u32, prefix: &str, width: usize) -> String {
        format!("{prefix}-{year}-{sequence:0width$}")
    }
    // ANCHOR_END: plain

    // ANCHOR: number
    /// The number of an invoice.
    #[pyfunction]
    #[pyo3(signature = (year, /, sequence, *, prefix="INV", width=4, customer=None))]
    fn number(
        year: u16,
        sequence: u32,
        prefix: &str,
        width: usize,
        customer: Option<&str>,
    ) -> String {
        let customer = customer.map_or(String::new(), |name| format!("-{name}"));
        format!("{prefix}-{year}-{sequence:0width$}{customer}")
    }
    // ANCHOR_END: number

    // ANCHOR: total
    /// The sum of an invoice in cents.
    #[pyfunction]
    fn total(net: u64, vat_percent: u64) -> u64 {
        net * (100 + vat_percent) / 100
    }
    // ANCHOR_END: total

    // ANCHOR: notes
    /// One line for each note.
    #[pyfunction]
    #[pyo3(signature = (*lines, **fields))]
    fn notes(
        lines: &Bound<'_, PyTuple>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Vec<String>> {
        let mut notes = Vec::new();
        for line in lines {
            notes.push(line.str()?.to_string());
        }
        if let Some(fields) = fields {
            for (name, value) in fields {
                notes.push(format!("{name}: {value}"));
            }
        }
        Ok(notes)
    }
    // ANCHOR_END: notes
}

use pyo3::prelude::*;

/// In per cent. It belongs to a shop's accounts, so Python must be able to read it.
const VAT_PERCENT: u64 = 20;

/// What a customer pays for a net price, with value added tax. Both are in cents; half a cent is rounded up.
#[pyfunction]
fn gross(net: u64) -> u64 {
    (net * (100 + VAT_PERCENT) + 50) / 100
}

// TODO: make this the module that `sample` imports:
// - its name in Python is `modules`, as in `[lib]` of `Cargo.toml`;
// - its docstring is `Prices with value added tax.`;
// - `gross` is in it, and Python calls it `with_vat`;
// - `VAT_PERCENT` is in it.
#[pymodule]
mod prices {}

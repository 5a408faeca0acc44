use pyo3::prelude::*;

/// The tax rate in per cent. Python must be able to read it, too.
const VAT_PERCENT: u64 = 20;

/// The price with value added tax for a net price. Both are in cents; half a cent is rounded up.
#[pyfunction]
fn gross(net: u64) -> u64 {
    (net * (100 + VAT_PERCENT) + 50) / 100
}

// TODO: make this the module that `sample` imports:
// - its name in Python is `modules`, as in `[lib]` of `Cargo.toml`;
// - its docstring is `Prices with value added tax.`;
// - it exports `gross`, which Python calls `with_vat`;
// - it exports `VAT_PERCENT`.
#[pymodule]
mod prices {}

use pyo3::prelude::*;

/// The tax rate in per cent. Python must be able to read it, too.
const VAT_PERCENT: u64 = 20;

/// The price with value added tax for a net price. Both are in cents; half a cent is rounded up.
#[pyfunction(name = "with_vat")]
fn gross(net: u64) -> u64 {
    (net * (100 + VAT_PERCENT) + 50) / 100
}

// Prices with value added tax.
#[pymodule(name = "modules")]
mod prices {
    #[pymodule_export]
    use super::gross;

    #[pymodule_export]
    const VAT_PERCENT: u64 = super::VAT_PERCENT;
}

//! A kettle, with documentation for Python.

// ANCHOR: docs
/// How long it takes to boil water.
#[pyo3::pymodule]
mod kettle {
    use pyo3::prelude::*;

    /// Seconds until the water boils, or `None` if it never will.
    ///
    /// `litres` is the amount of water, `watts` the power of the kettle.
    ///
    /// >>> seconds(1.0, watts=1000)
    /// 335
    #[pyfunction]
    #[pyo3(signature = (litres, *, watts = 2000))]
    fn seconds(litres: f64, watts: u32) -> Option<u32> {
        // ANCHOR_END: docs
        let joules = 4186.0 * 80.0 * litres;
        (watts > 0).then(|| (joules / f64::from(watts)).ceil() as u32)
    }
}

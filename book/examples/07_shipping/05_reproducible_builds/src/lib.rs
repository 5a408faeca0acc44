//! A library that knows something about its own build.

#[pyo3::pymodule]
mod postmark {
    #[pymodule_export]
    const SELLER: &str = env!("SELLER");

    /// The price of a letter in cents.
    #[pyo3::pyfunction]
    fn postage(grams: u32) -> u32 {
        85 + grams.div_ceil(20) * 10
    }
}

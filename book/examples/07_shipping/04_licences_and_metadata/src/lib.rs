//! How long tea has to steep. The page is about the metadata of this package.

#[pyo3::pymodule]
mod tea_timer {
    use pyo3::prelude::*;

    // ANCHOR: main
    /// The command `steep`.
    #[pyfunction]
    fn main() {
        println!("three minutes");
    }
    // ANCHOR_END: main
}

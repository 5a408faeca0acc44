//! The compiled part of a signal box.

#[pyo3::pymodule]
mod _native {
    /// Whether a train may pass a signal.
    #[pyo3::pyfunction]
    fn may_pass(aspect: &str) -> bool {
        aspect == "green"
    }
}

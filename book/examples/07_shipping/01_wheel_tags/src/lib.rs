//! Depths.

#[pyo3::pymodule]
mod fathoms {
    use pyo3::prelude::*;

    /// A depth in metres. A fathom is six feet.
    #[pyfunction]
    fn metres(fathoms: f64) -> f64 {
        fathoms * 1.8288
    }
}

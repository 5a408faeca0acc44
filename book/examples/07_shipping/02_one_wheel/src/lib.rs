//! Boats at their moorings.

#[pyo3::pymodule]
mod moorings {
    use pyo3::prelude::*;
    use pyo3::types::PyTuple;

    /// Whether a boat fits, all in metres.
    #[pyfunction]
    fn fits(boat: f64, mooring: f64) -> bool {
        boat + 1.5 <= mooring
    }

    /// The length of all boats together.
    #[pyfunction]
    fn together(boats: &Bound<'_, PyTuple>) -> PyResult<f64> {
        boats.iter().map(|boat| boat.extract::<f64>()).sum()
    }
}

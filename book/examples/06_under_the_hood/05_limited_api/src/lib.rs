//! Rain, in millimetres.

#[pyo3::pymodule]
mod rain_gauge {
    use pyo3::prelude::*;
    use pyo3::types::PyTuple;

    // ANCHOR: total
    #[pyfunction]
    fn total(days: &Bound<'_, PyTuple>) -> PyResult<f64> {
        days.as_slice().iter().map(|day| day.extract::<f64>()).sum()
    }
    // ANCHOR_END: total
}

//! Checks the water levels that gauges have measured.

#[pyo3::pymodule]
mod numpy_in {
    use numpy::{PyReadonlyArray1, PyReadonlyArray2};
    use pyo3::prelude::*;

    /// The mean of each column, or `None` if the column has no numbers. `NaN` isn't a number and is left out.
    ///
    /// An array that isn't aligned is a `ValueError`.
    #[pyfunction]
    fn means(table: PyReadonlyArray2<'_, f64>) -> PyResult<Vec<Option<f64>>> {
        todo!("the means of {table:?}")
    }

    /// The positions at which a level differs from the one before it by more than the limit. `NaN` never does.
    ///
    /// An array that isn't aligned is a `ValueError`.
    #[pyfunction]
    fn jumps(levels: PyReadonlyArray1<'_, f64>, limit: f64) -> PyResult<Vec<usize>> {
        todo!("the jumps of {levels:?} above {limit}")
    }
}

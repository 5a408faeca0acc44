//! Checks the water levels that gauges have measured.

#[pyo3::pymodule]
mod numpy_in {
    use numpy::ndarray::ArrayView1;
    use numpy::{PyReadonlyArray1, PyReadonlyArray2, PyUntypedArrayMethods};
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    fn misaligned() -> PyErr {
        PyValueError::new_err("the numbers aren't aligned; pass a copy of the array")
    }

    /// The mean of each column, or `None` if the column has no numbers. `NaN` isn't a number and is left out.
    ///
    /// An array that isn't aligned is a `ValueError`.
    #[pyfunction]
    fn means(table: PyReadonlyArray2<'_, f64>) -> PyResult<Vec<Option<f64>>> {
        if !table.is_aligned() {
            return Err(misaligned());
        }
        let mean = |column: ArrayView1<'_, f64>| {
            let numbers = column.iter().filter(|number| !number.is_nan());
            let (count, sum) =
                numbers.fold((0, 0.0), |(count, sum), number| (count + 1, sum + number));
            (count > 0).then(|| sum / f64::from(count))
        };
        Ok(table.as_array().columns().into_iter().map(mean).collect())
    }

    /// The positions at which a level differs from the one before it by more than the limit. `NaN` never does.
    ///
    /// An array that isn't aligned is a `ValueError`.
    #[pyfunction]
    fn jumps(levels: PyReadonlyArray1<'_, f64>, limit: f64) -> PyResult<Vec<usize>> {
        let levels = levels.as_slice()?;
        let pairs = levels.iter().zip(levels.iter().skip(1));
        let jumps = pairs
            .enumerate()
            .filter(|(_, (before, after))| (*after - *before).abs() > limit);
        Ok(jumps.map(|(at, _)| at + 1).collect())
    }
}

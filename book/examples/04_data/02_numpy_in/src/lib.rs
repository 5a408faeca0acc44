//! How much a path climbs, from arrays of heights.

#[pyo3::pymodule]
mod hike {
    use numpy::ndarray::ArrayView1;
    use numpy::{
        AllowTypeChange, PyArrayLike1, PyReadonlyArray1, PyReadonlyArray2, PyUntypedArrayMethods,
    };
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    // ANCHOR: slice
    /// How many metres it is uphill, all climbs together.
    #[pyfunction]
    fn climb_of_slice(heights: PyReadonlyArray1<'_, f64>) -> PyResult<f64> {
        let heights = heights.as_slice()?;
        let climbs = heights.windows(2).map(|pair| (pair[1] - pair[0]).max(0.0));
        Ok(climbs.sum())
    }
    // ANCHOR_END: slice

    // ANCHOR: view
    fn uphill(heights: ArrayView1<'_, f64>) -> f64 {
        let pairs = heights.windows(2).into_iter();
        pairs.map(|pair| (pair[1] - pair[0]).max(0.0)).sum()
    }

    /// How many metres it is uphill, all climbs together.
    #[pyfunction]
    fn climb(heights: PyReadonlyArray1<'_, f64>) -> PyResult<f64> {
        if !heights.is_aligned() {
            return Err(misaligned());
        }
        Ok(uphill(heights.as_array()))
    }
    // ANCHOR_END: view

    fn misaligned() -> PyErr {
        PyValueError::new_err("the heights aren't aligned")
    }

    // ANCHOR: table
    /// The climb of the path in each row.
    #[pyfunction]
    fn climbs(paths: PyReadonlyArray2<'_, f64>) -> PyResult<Vec<f64>> {
        if !paths.is_aligned() {
            return Err(misaligned());
        }
        Ok(paths.as_array().rows().into_iter().map(uphill).collect())
    }
    // ANCHOR_END: table

    // ANCHOR: like
    /// The climb of anything that NumPy can turn into an array of floats.
    #[pyfunction]
    fn climb_of_anything(heights: PyArrayLike1<'_, f64, AllowTypeChange>) -> PyResult<f64> {
        if !heights.is_aligned() {
            return Err(misaligned());
        }
        Ok(uphill(heights.as_array()))
    }
    // ANCHOR_END: like
}

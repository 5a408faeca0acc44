//! Sound, as arrays that Rust makes and changes.

#[pyo3::pymodule]
mod waves {
    use numpy::ndarray::Array2;
    use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray1, PyReadwriteArray1};
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    fn samples(length: usize, period: usize) -> Vec<f64> {
        (0..length).map(|at| (at % period) as f64).collect()
    }

    // ANCHOR: list
    /// A sound that rises and falls back again and again.
    #[pyfunction]
    fn saw_list(length: usize, period: usize) -> Vec<f64> {
        samples(length, period)
    }
    // ANCHOR_END: list

    // ANCHOR: array
    /// The same as an array.
    #[pyfunction]
    fn saw(py: Python<'_>, length: usize, period: usize) -> Bound<'_, PyArray1<f64>> {
        let samples = py.detach(|| samples(length, period));
        samples.into_pyarray(py)
    }
    // ANCHOR_END: array

    // ANCHOR: table
    /// The same sound in two channels, one per row.
    #[pyfunction]
    fn stereo(py: Python<'_>, length: usize, period: usize) -> PyResult<Bound<'_, PyArray2<f64>>> {
        let mut both = samples(length, period);
        both.extend_from_within(..);
        let channels = Array2::from_shape_vec((2, length), both);
        let channels = channels.map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(channels.into_pyarray(py))
    }
    // ANCHOR_END: table

    // ANCHOR: louder
    /// Makes the sound louder, in place.
    #[pyfunction]
    fn louder(py: Python<'_>, mut sound: PyReadwriteArray1<'_, f64>, factor: f64) {
        let mut samples = sound.as_array_mut();
        py.detach(|| samples.mapv_inplace(|sample| sample * factor));
    }
    // ANCHOR_END: louder

    // ANCHOR: add
    /// Adds another sound to this one, in place.
    #[pyfunction]
    fn add(
        mut sound: PyReadwriteArray1<'_, f64>,
        other: PyReadonlyArray1<'_, f64>,
    ) -> PyResult<()> {
        let (mut sound, other) = (sound.as_array_mut(), other.as_array());
        if sound.len() != other.len() {
            return Err(PyValueError::new_err("the sounds differ in length"));
        }
        sound += &other;
        Ok(())
    }
    // ANCHOR_END: add
}

//! The second extension: what to draw into a chart. It uses the crate of the first.

#[pyo3::pymodule]
mod chart {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use two_extensions::Reading;

    // TODO: this class isn't the one that Python imports from `two_extensions`.

    fn mean_of(celsius: impl ExactSizeIterator<Item = f64>) -> PyResult<f64> {
        let count = celsius.len();
        if count == 0 {
            return Err(PyValueError::new_err("there are no readings"));
        }
        Ok(celsius.sum::<f64>() / count as f64)
    }

    /// The mean temperature.
    #[pyfunction]
    fn mean(readings: Vec<Bound<'_, Reading>>) -> PyResult<f64> {
        mean_of(readings.iter().map(|reading| reading.get().celsius))
    }

    /// The warmest of these readings: the very object. Of several that are equally warm, it's the first.
    #[pyfunction]
    fn warmest<'py>(readings: Vec<Bound<'py, Reading>>) -> PyResult<Bound<'py, Reading>> {
        let mut warmest: Option<Bound<'py, Reading>> = None;
        for reading in readings {
            let is_warmer = |than: &Bound<'py, Reading>| reading.get().celsius > than.get().celsius;
            if warmest.as_ref().is_none_or(is_warmer) {
                warmest = Some(reading);
            }
        }
        warmest.ok_or_else(|| PyValueError::new_err("there are no readings"))
    }

    /// A new reading with the mean temperature, for a station that doesn't exist.
    #[pyfunction]
    fn average(station: String, readings: Vec<Bound<'_, Reading>>) -> PyResult<Reading> {
        Ok(Reading::new(station, mean(readings)?))
    }
}

//! The second extension: what to draw into a chart. It uses the crate of the first.

#[pyo3::pymodule]
mod chart {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pyo3::sync::PyOnceLock;
    use pyo3::types::PyType;

    use pyo3::exceptions::PyTypeError;
    use two_extensions::Reading;

    /// The temperature of a reading, straight from its memory.
    struct Temperature {
        celsius: f64,
    }

    impl<'py> FromPyObject<'_, 'py> for Temperature {
        type Error = PyErr;

        fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
            if object.get_type().name()? != "Reading" {
                return Err(PyTypeError::new_err("this isn't a reading"));
            }
            // SAFETY: it has the same name and comes from the same source, so it's the same struct.
            let celsius = unsafe { object.cast_unchecked::<Reading>() }.get().celsius;
            Ok(Temperature { celsius })
        }
    }

    fn mean_of(celsius: impl ExactSizeIterator<Item = f64>) -> PyResult<f64> {
        let count = celsius.len();
        if count == 0 {
            return Err(PyValueError::new_err("there are no readings"));
        }
        Ok(celsius.sum::<f64>() / count as f64)
    }

    /// The mean temperature.
    #[pyfunction]
    fn mean(readings: Vec<Temperature>) -> PyResult<f64> {
        mean_of(readings.iter().map(|reading| reading.celsius))
    }

    /// The warmest of these readings: the very object. Of several that are equally warm, it's the first.
    #[pyfunction]
    fn warmest<'py>(readings: Vec<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        let mut warmest: Option<(f64, Bound<'py, PyAny>)> = None;
        for reading in readings {
            let Temperature { celsius } = reading.extract()?;
            if warmest.as_ref().is_none_or(|(most, _)| celsius > *most) {
                warmest = Some((celsius, reading));
            }
        }
        let (_, reading) = warmest.ok_or_else(|| PyValueError::new_err("there are no readings"))?;
        Ok(reading)
    }

    /// A new reading with the mean temperature, for a station that doesn't exist.
    #[pyfunction]
    fn average<'py>(
        py: Python<'py>,
        station: &str,
        readings: Vec<Temperature>,
    ) -> PyResult<Bound<'py, PyAny>> {
        static READING: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let celsius = mean(readings)?;
        READING
            .import(py, "two_extensions", "Reading")?
            .call1((station, celsius))
    }
}

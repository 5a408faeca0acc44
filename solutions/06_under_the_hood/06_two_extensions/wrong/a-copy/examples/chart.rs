//! The second extension: what to draw into a chart. It knows the first one through Python only.

#[pyo3::pymodule]
mod chart {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pyo3::sync::PyOnceLock;
    use pyo3::types::PyType;

    /// What this extension needs of a reading, wherever it comes from.
    #[derive(FromPyObject)]
    struct Temperature {
        celsius: f64,
    }

    /// All of a reading.
    #[derive(FromPyObject)]
    struct Measured {
        station: String,
        celsius: f64,
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
    fn warmest<'py>(py: Python<'py>, readings: Vec<Measured>) -> PyResult<Bound<'py, PyAny>> {
        let mut warmest: Option<Measured> = None;
        for reading in readings {
            if warmest
                .as_ref()
                .is_none_or(|most| reading.celsius > most.celsius)
            {
                warmest = Some(reading);
            }
        }
        let Measured { station, celsius } =
            warmest.ok_or_else(|| PyValueError::new_err("there are no readings"))?;
        py.import("two_extensions")?
            .getattr("Reading")?
            .call1((station, celsius))
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

//! Wind speeds on the Beaufort scale. The code is complete; this exercise is about everything around it.

#[pyo3::pymodule]
mod licences_and_metadata {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// The first wind speed, in knots, that is too high for each force.
    const LIMITS: [f64; 12] = [
        1.0, 4.0, 7.0, 11.0, 17.0, 22.0, 28.0, 34.0, 41.0, 48.0, 56.0, 64.0,
    ];

    /// The force of a wind of this speed in knots.
    #[pyfunction]
    fn beaufort(knots: f64) -> PyResult<usize> {
        if knots.is_nan() || knots < 0.0 {
            return Err(PyValueError::new_err("a speed is zero or more"));
        }
        Ok(LIMITS.iter().take_while(|limit| knots >= **limit).count())
    }

    /// The version of the code, as cargo knows it.
    #[pyfunction]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// The command `beaufort SPEED`.
    #[pyfunction]
    fn main(py: Python<'_>) -> PyResult<()> {
        let arguments: Vec<String> = py.import("sys")?.getattr("argv")?.extract()?;
        let speed = arguments.get(1).and_then(|speed| speed.parse().ok());
        let Some(speed) = speed else {
            return Err(PyValueError::new_err("usage: beaufort SPEED"));
        };
        println!("{}", beaufort(speed)?);
        Ok(())
    }
}

use pyo3::prelude::*;

/// Fahrenheit for degrees Celsius.
#[pyfunction]
fn fahrenheit(celsius: f64) -> f64 {
    celsius * 9.0 / 5.0 + 32.0
}

/// What a weather station reports.
#[pymodule(name = "weather")]
mod station {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::fahrenheit;

    /// No temperature in degrees Celsius is lower.
    #[pymodule_export]
    const ABSOLUTE_ZERO: f64 = -273.15;

    /// The dew point by the Magnus formula.
    #[pyfunction(name = "dew_point")]
    fn magnus(celsius: f64, humidity: f64) -> f64 {
        let gamma = humidity.ln() + 17.62 * celsius / (243.12 + celsius);
        243.12 * gamma / (17.62 - gamma)
    }

    /// Python runs this once, when it imports the module.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("BUILD", env!("CARGO_PKG_VERSION"))
    }
}

use pyo3::prelude::*;

/// Fahrenheit for degrees Celsius.
#[pyfunction]
fn fahrenheit(celsius: f64) -> f64 {
    celsius * 9.0 / 5.0 + 32.0
}

/// What a weather station reports.
#[pymodule]
fn weather_function(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("ABSOLUTE_ZERO", -273.15)?;
    module.add_function(wrap_pyfunction!(fahrenheit, module)?)
}

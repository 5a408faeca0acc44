use pyo3::prelude::*;
#[pyfunction]
fn one() -> u32 { 1 }
#[pymodule]
fn ones(_py: Python<'_>, m: &PyModule) -> PyResult<()> { m.add_function(wrap_pyfunction!(one, m)?)?; Ok(()) }

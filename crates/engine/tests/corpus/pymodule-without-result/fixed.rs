use pyo3::prelude::*;
#[pymodule]
fn ones(m: &Bound<'_, PyModule>) -> PyResult<()> { let _ = m; Ok(()) }

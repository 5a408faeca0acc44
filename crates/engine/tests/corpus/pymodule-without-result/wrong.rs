use pyo3::prelude::*;
#[pymodule]
fn ones(m: &Bound<'_, PyModule>) { let _ = m; }

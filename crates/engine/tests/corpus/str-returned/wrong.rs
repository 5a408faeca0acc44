use pyo3::prelude::*;
#[pyfunction]
fn name(a: String) -> &str { &a }

use pyo3::prelude::*;
#[pyfunction]
fn one() -> u32 { 1 }

use pyo3::prelude::*;
#[pyfunction]
fn one() -> u32 { let x = 1; x }

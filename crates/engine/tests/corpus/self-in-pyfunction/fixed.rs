use pyo3::prelude::*;
#[pyfunction]
fn f() -> u32 { 1 }

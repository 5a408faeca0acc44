use pyo3::prelude::*;
#[pyfunction]
fn f(&self) -> u32 { 1 }

use pyo3::prelude::*;
#[pyfunction]
fn at(a: Vec<u32>, i: usize) -> u32 { a[i] }

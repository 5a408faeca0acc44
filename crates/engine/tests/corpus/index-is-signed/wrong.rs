use pyo3::prelude::*;
#[pyfunction]
fn at(a: Vec<u32>, i: i32) -> u32 { a[i] }

use pyo3::prelude::*;
#[pyfunction]
#[pyo3(signature = (n = None))]
fn twice(n: u32) -> u32 { n * 2 }

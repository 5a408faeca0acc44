use pyo3::prelude::*;
#[pyfunction]
#[pyo3(signature = (n = None))]
fn twice(n: Option<u32>) -> u32 { n.unwrap_or(1) * 2 }

use pyo3::prelude::*;
#[pyo3(signature = (n = 2))]
fn twice(n: u32) -> u32 { n * 2 }

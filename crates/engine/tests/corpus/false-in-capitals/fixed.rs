use pyo3::prelude::*;
#[pyfunction]
#[pyo3(signature = (n, loud = false))]
fn f(n: u32, loud: bool) -> u32 { if loud { n } else { 0 } }

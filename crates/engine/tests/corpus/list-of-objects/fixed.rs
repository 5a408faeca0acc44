use pyo3::prelude::*;
#[pyclass]
struct Meter { n: u32 }
#[pyfunction]
fn show(meters: Vec<PyRef<'_, Meter>>) -> usize { meters.len() }

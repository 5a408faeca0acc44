use pyo3::prelude::*;
#[pyclass]
#[derive(Clone)]
struct Meter { n: u32 }
#[pyfunction]
fn show(meter: Meter) -> u32 { meter.n }

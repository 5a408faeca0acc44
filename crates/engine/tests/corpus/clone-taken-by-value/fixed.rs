use pyo3::prelude::*;
#[pyclass(from_py_object)]
#[derive(Clone)]
struct Meter { n: u32 }
#[pyfunction]
fn show(meter: Meter) -> u32 { meter.n }

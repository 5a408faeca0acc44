use pyo3::prelude::*;
#[pyclass]
struct Parcel { w: u32 }
#[pyfunction]
fn total(all: Vec<PyRef<'_, Parcel>>) -> u32 { all.iter().map(|p| p.w).sum() }

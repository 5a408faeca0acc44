use pyo3::prelude::*;
#[pyclass]
struct Counter { n: u32 }
#[pyfunction]
fn read(c: &Bound<'_, Counter>) -> u32 { c.get().n }

use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pyfunction]
fn f(c: &Bound<'_, C>) -> u32 { c.n }

use pyo3::prelude::*;
struct Reading { n: u32 }
#[pyfunction]
fn f() -> Vec<Reading> { vec![] }

use pyo3::prelude::*;
#[derive(IntoPyObject)]
struct Reading { n: u32 }
#[pyfunction]
fn f() -> Vec<Reading> { vec![] }

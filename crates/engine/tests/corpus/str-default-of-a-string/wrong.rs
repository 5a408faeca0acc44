use pyo3::prelude::*;
#[pyfunction]
#[pyo3(signature = (a, separator = "-"))]
fn join(a: String, separator: String) -> String { a + &separator }

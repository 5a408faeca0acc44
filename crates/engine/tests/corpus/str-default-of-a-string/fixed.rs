use pyo3::prelude::*;
#[pyfunction]
#[pyo3(signature = (a, separator = "-"))]
fn join(a: String, separator: &str) -> String { a + separator }

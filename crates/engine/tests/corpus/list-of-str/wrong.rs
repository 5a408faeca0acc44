use pyo3::prelude::*;
#[pyfunction]
fn join(words: Vec<&str>) -> String { words.join(" ") }

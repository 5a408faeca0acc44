use pyo3::prelude::*;
#[pyfunction]
fn join(words: Vec<String>) -> String { words.join(" ") }

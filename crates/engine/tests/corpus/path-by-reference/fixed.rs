use pyo3::prelude::*;
use std::path::PathBuf;
#[pyfunction]
fn f(p: PathBuf) -> bool { p.exists() }

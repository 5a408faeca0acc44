use pyo3::prelude::*;
use std::path::Path;
#[pyfunction]
fn f(p: &Path) -> bool { p.exists() }

use pyo3::prelude::*;
#[pyfunction]
fn check(a: i32) -> Result<i32, String> { if a > 0 { Ok(a) } else { Err("no".to_string()) } }

use pyo3::prelude::*;
use std::collections::HashMap;
#[pyfunction]
fn f(m: Option<HashMap<&str, u32>>) -> usize { m.map_or(0, |m| m.len()) }

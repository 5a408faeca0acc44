use pyo3::prelude::*;
use serde_json::value::RawValue;
#[pyfunction]
fn one(text: &str) -> bool { serde_json::from_str::<&RawValue>(text).is_ok() }

use pyo3::prelude::*;
#[pyfunction]
fn one() -> u32 { 1 }
#[pymodule]
fn shapes(m: &Bound<'_, PyModule>) -> PyResult<()> { m.add("one", one) }

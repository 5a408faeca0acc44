use pyo3::prelude::*;
#[pyfunction]
fn one() -> u32 { 1 }
#[pymodule]
fn ones(m: &Bound<'_, PyModule>) -> PyResult<()> { m.add_function(wrap_pyfunction!(one, m)) }

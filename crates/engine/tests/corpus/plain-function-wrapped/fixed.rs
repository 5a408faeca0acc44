use pyo3::prelude::*;
#[pyfunction]
fn double(n: u32) -> u32 { n * 2 }
#[pymodule]
fn doubles(m: &Bound<'_, PyModule>) -> PyResult<()> { m.add_function(wrap_pyfunction!(double, m)?) }

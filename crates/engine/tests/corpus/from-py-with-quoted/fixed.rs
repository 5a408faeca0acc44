use pyo3::prelude::*;
fn length(all: &Bound<'_, PyAny>) -> PyResult<usize> { all.len() }
#[pyfunction]
fn size(#[pyo3(from_py_with = length)] n: usize) -> usize { n }

use pyo3::prelude::*;
#[pyclass]
struct Trade { w: u32 }
#[pyfunction]
fn total(all: &Bound<'_, PyAny>) -> PyResult<usize> { Ok(all.extract::<Vec<Py<Trade>>>()?.len()) }

use pyo3::prelude::*;
#[pyfunction]
fn f(call: &Bound<'_, PyAny>) -> PyResult<()> { call.call1((1,))?; Ok(()) }

use pyo3::prelude::*;
#[pyfunction]
fn f(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> { py.import_bound("math") }

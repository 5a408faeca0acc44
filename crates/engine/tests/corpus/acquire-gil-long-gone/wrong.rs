use pyo3::prelude::*;
#[pyfunction]
fn f() { let gil = Python::acquire_gil(); }

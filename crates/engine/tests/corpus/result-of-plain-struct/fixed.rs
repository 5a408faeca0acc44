use pyo3::prelude::*;
#[pyclass]
struct Odd;
#[pyfunction]
fn f() -> PyResult<Odd> { Ok(Odd) }

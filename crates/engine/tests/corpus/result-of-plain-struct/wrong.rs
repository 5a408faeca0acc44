use pyo3::prelude::*;
struct Odd;
#[pyfunction]
fn f() -> PyResult<Odd> { Ok(Odd) }

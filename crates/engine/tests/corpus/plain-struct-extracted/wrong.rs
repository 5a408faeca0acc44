use pyo3::prelude::*;
struct Point { x: i64 }
#[pyfunction]
fn f(a: &Bound<'_, PyAny>) -> PyResult<i64> { Ok(a.extract::<Point>()?.x) }

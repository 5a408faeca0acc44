use pyo3::prelude::*;
use pyo3::types::PyDict;
struct Reading { n: u32 }
#[pyfunction]
fn f(d: &Bound<'_, PyDict>) -> PyResult<()> { d.set_item("a", Reading { n: 1 }) }

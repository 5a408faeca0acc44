use pyo3::prelude::*;
#[pyclass]
struct Dot { x: u32 }
#[pymodule]
fn shapes(m: &Bound<'_, PyModule>) -> PyResult<()> { m.add_class::<Dot>()?; Ok(()) }

use pyo3::prelude::*;
#[pyclass]
struct Lens { mm: u32 }
#[pyclass(get_all)]
struct Photo { lens: Lens }

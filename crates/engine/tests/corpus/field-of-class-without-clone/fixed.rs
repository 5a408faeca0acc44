use pyo3::prelude::*;
#[pyclass]
#[derive(Clone)]
struct Lens { mm: u32 }
#[pyclass(get_all)]
struct Photo { lens: Lens }

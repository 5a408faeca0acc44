use pyo3::prelude::*;
struct Lens { mm: u32 }
#[pyclass(get_all)]
struct Photo { lens: Lens }

use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    fn up(slf: PyRefMut<'_, Self>) { slf.n += 1; }
}

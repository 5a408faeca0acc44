use pyo3::prelude::*;
#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    fn up(mut slf: PyRefMut<'_, Self>) -> PyRefMut<'_, Self> { slf.n += 1; slf }
}

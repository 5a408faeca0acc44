use pyo3::prelude::*;
#[pyclass(subclass)]
struct Reminder { n: u32 }
#[pymethods]
impl Reminder { fn text(&self) -> u32 { self.n } }
#[pyclass(extends = Reminder)]
struct Late {}
#[pymethods]
impl Late { fn more(slf: PyRef<'_, Self>) -> u32 { slf.as_super().text() } }

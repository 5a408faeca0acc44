use pyo3::prelude::*;
#[pyclass(subclass)]
struct Reminder { n: u32 }
#[pymethods]
impl Reminder { fn text(&self) -> u32 { self.n } }
#[pyclass(extends = Reminder)]
struct Late {}
#[pymethods]
impl Late { fn more(&self) -> u32 { self.as_super().text() } }

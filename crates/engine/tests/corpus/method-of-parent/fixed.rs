use pyo3::prelude::*;
#[pyclass(subclass)]
struct Employee { n: u32 }
#[pymethods]
impl Employee { fn pay(&self, hours: u32) -> u32 { self.n * hours } }
#[pyclass(extends = Employee)]
struct Manager {}
#[pymethods]
impl Manager { fn slip(slf: PyRef<'_, Self>) -> u32 { slf.as_super().pay(3) } }

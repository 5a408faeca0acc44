use pyo3::prelude::*;
#[pyclass]
struct C { handler: Py<PyAny> }

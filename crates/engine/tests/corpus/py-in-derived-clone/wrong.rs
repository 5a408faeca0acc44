use pyo3::prelude::*;
#[pyclass]
#[derive(Clone)]
struct C { handler: Py<PyAny> }

use pyo3::prelude::*;
use std::sync::Mutex;
static HANDLER: Mutex<Option<Py<PyAny>>> = Mutex::new(None);

use pyo3::prelude::*;
use std::sync::Mutex;
static HANDLER: Mutex<Option<Bound<'static, PyAny>>> = Mutex::new(None);

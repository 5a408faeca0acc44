use pyo3::prelude::*;
fn f() { pyo3::prepare_freethreaded_python(); }

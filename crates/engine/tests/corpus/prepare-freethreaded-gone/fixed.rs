use pyo3::prelude::*;
fn f() { Python::initialize(); }

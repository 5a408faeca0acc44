use pyo3::prelude::*;
use std::sync::Mutex;
static X: Mutex<u32> = Mutex::new(1);

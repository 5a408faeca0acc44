use pyo3::prelude::*;
use std::cell::OnceCell;
static TABLE: OnceCell<u64> = OnceCell::new();

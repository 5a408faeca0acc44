use pyo3::prelude::*;
use pyo3::sync::GILOnceCell;
static X: GILOnceCell<u32> = GILOnceCell::new();

use pyo3::prelude::*;
use std::sync::Mutex;
#[pyclass(get_all)]
struct Hits {
    n: Mutex<u64>,
}

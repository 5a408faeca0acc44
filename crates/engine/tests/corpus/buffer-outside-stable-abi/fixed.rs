use pyo3::prelude::*;
use pyo3::buffer::PyBuffer;
#[pyfunction]
fn size(all: PyBuffer<u8>) -> usize { all.item_count() }

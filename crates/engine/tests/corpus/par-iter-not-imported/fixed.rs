use pyo3::prelude::*;
use rayon::prelude::*;
#[pyfunction]
fn total(all: Vec<u64>) -> u64 { all.par_iter().map(|n| n * 2).sum() }

use pyo3::prelude::*;
#[pyclass(ord)]
#[derive(PartialEq, PartialOrd)]
struct Version { n: u32 }
#[pyfunction]
fn same(one: &Version) -> u32 { one.n }

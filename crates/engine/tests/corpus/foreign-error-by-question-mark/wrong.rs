use pyo3::prelude::*;
#[pyfunction]
fn f(a: &str) -> PyResult<u32> { Ok(a.parse::<Odd>()?.0) }
struct Odd(u32);
struct NotOdd;
impl std::str::FromStr for Odd { type Err = NotOdd; fn from_str(_: &str) -> Result<Self, NotOdd> { Err(NotOdd) } }

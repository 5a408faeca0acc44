use pyo3::prelude::*;
#[pyfunction]
fn f(a: &str) -> PyResult<u32> { Ok(a.parse::<Odd>()?.0) }
struct Odd(u32);
struct NotOdd;
impl From<NotOdd> for PyErr { fn from(_: NotOdd) -> Self { pyo3::exceptions::PyValueError::new_err("not odd") } }
impl std::str::FromStr for Odd { type Err = NotOdd; fn from_str(_: &str) -> Result<Self, NotOdd> { Err(NotOdd) } }

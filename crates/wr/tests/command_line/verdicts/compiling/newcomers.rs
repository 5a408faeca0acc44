//! Beginners' mistakes: what a function returns, how to raise an error, what goes into a module.

use super::{Mistake, each_is_one_finding};

const MISTAKES: [Mistake; 13] = [
    Mistake {
        source: "#[pyfunction]
fn name(a: String) -> &str { &a }
",
        place: "3:23",
        help: "return `String` instead of `&str`",
    },
    Mistake {
        source: r#"#[pyclass]
struct Dot { x: u32 }
#[pymethods]
impl Dot { fn __repr__(&self) -> &str { &format!("Dot({})", self.x) } }
"#,
        place: "5:41",
        help: "return `String` instead of `&str`",
    },
    Mistake {
        source: r#"#[pyfunction]
fn check(a: i32) -> Result<i32, String> { if a > 0 { Ok(a) } else { Err("no".to_string()) } }
"#,
        place: "3:21",
        help: "return a `PyResult`, and create the error with `PyValueError::new_err(…)`",
    },
    Mistake {
        source: r#"#[pyfunction]
fn check() -> PyResult<u32> { Err(pyo3::exceptions::PyValueError("x")) }
"#,
        place: "3:53",
        help: "create the exception with `PyValueError::new_err(…)`",
    },
    Mistake {
        source: r#"#[pyfunction]
fn check() -> PyResult<u32> { Err(pyo3::exceptions::PyValueError::new("x")) }
"#,
        place: "3:67",
        help: "create the exception with `PyValueError::new_err(…)`",
    },
    Mistake {
        source: r#"#[pyfunction]
fn check() -> PyResult<u32> { Err(ValueError::new_err("x")) }
"#,
        place: "3:35",
        help: "`use pyo3::exceptions::PyValueError;`",
    },
    Mistake {
        source: "#[pyfunction]
fn at(a: Vec<u32>, i: i32) -> u32 { a[i] }
",
        place: "3:39",
        help: "an index is a `usize`",
    },
    Mistake {
        source: "#[pyfunction]
fn one() -> u32 { let x = 1 x }
",
        place: "3:29",
        help: "",
    },
    Mistake {
        source: "#[pyclass]
struct Dot { x: u32 }
#[pymethods]
impl Dot { #[new] fn new(&self, x: u32) -> Self { Self { x } } }
",
        place: "5:26",
        help: "take `self` out of its parameters",
    },
    Mistake {
        source: "#[pyclass]
struct Walk { n: u32 }
#[pymethods]
impl Walk { fn __iter__(&self) -> Self { self } }
",
        place: "5:42",
        help: "`fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> { slf }`",
    },
    Mistake {
        source: "#[pyclass]
struct Dot { x: u32 }
#[pymodule]
fn shapes(m: &Bound<'_, PyModule>) -> PyResult<()> { m.add_function(wrap_pyfunction!(Dot, m)?) }
",
        place: "5:69",
        help: "`m.add_class::<Dot>()?`",
    },
    Mistake {
        source: r#"#[pyfunction]
fn one() -> u32 { 1 }
#[pymodule]
fn shapes(m: &Bound<'_, PyModule>) -> PyResult<()> { m.add("one", one) }
"#,
        place: "5:67",
        help: "`m.add_function(wrap_pyfunction!(one, m)?)?`",
    },
    Mistake {
        source: "#[pyclass]
enum Shape { Round(u32), Empty }
",
        place: "3:26",
        help: "change to an empty tuple variant instead: `Empty()`",
    },
];

#[test]
fn each_is_one_finding_with_help() {
    each_is_one_finding("compile-errors-of-newcomers", &MISTAKES);
}

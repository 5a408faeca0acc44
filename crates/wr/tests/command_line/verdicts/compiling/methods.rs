//! Methods and fields looked for in the wrong place.

use super::{Mistake, each_is_one_finding};

const MISTAKES: [Mistake; 15] = [
    Mistake {
        source: "#[pyclass(subclass)]
struct Reminder { n: u32 }
#[pymethods]
impl Reminder { fn text(&self) -> u32 { self.n } }
#[pyclass(extends = Reminder)]
struct Late {}
#[pymethods]
impl Late { fn more(&self) -> u32 { self.as_super().text() } }
",
        place: "9:42",
        help: "take `slf: PyRef<'_, Self>` in the place of `self`, and call `slf.as_super()`",
    },
    Mistake {
        source: "#[pyclass]
struct Manager { n: u32 }
#[pymethods]
impl Manager {
    fn pay(slf: PyRef<'_, Self>, hours: u32) -> u32 { slf.n * hours }
    fn slip(slf: PyRef<'_, Self>) -> u32 { slf.pay(3) }
}
",
        place: "7:48",
        help: "`Manager::pay(slf)`",
    },
    Mistake {
        source: "#[pyclass(subclass)]
struct Employee { n: u32 }
#[pymethods]
impl Employee { fn pay(&self, hours: u32) -> u32 { self.n * hours } }
#[pyclass(extends = Employee)]
struct Manager {}
#[pymethods]
impl Manager { fn slip(slf: PyRef<'_, Self>) -> u32 { slf.pay(3) } }
",
        place: "9:59",
        help: "`slf.as_super().pay(…)`",
    },
    Mistake {
        source: "#[pyclass]
struct C { handler: Py<PyAny> }
#[pymethods]
impl C {
    fn handler(&self) -> Py<PyAny> { self.handler.clone() }
}
",
        place: "6:51",
        help: "`clone_ref(py)`",
    },
    Mistake {
        source: "#[pyclass]
#[derive(Clone)]
struct C { handler: Py<PyAny> }
",
        place: "4:12",
        help: "a `Py` has no `Clone`",
    },
    Mistake {
        source: "#[pyfunction]
fn f(h: Option<Py<PyAny>>) -> Option<Py<PyAny>> { h.clone() }
",
        place: "3:53",
        help: "one.clone_ref(py)",
    },
    Mistake {
        source: "#[pyfunction]
fn total(all: Vec<u64>) -> u64 { all.par_iter().map(|n| n * 2).sum() }
",
        place: "3:38",
        help: "`use rayon::prelude::*;`",
    },
    Mistake {
        source: "#[pyclass]
struct J { n: u32 }
#[pyclass]
struct Step { of: Py<J> }
#[pymethods]
impl J { fn step(&self) -> Step { Step { of: self } } }
",
        place: "7:46",
        help: "`slf: Py<Self>` in the place of `self`",
    },
    Mistake {
        source: "use pyo3::types::PyList;
#[pyfunction]
fn f(a: &Bound<'_, PyAny>) -> PyResult<usize> { Ok(a.downcast::<PyList>()?.len()) }
",
        place: "4:54",
        help: "`downcast` is called `cast`",
    },
    Mistake {
        source: "#[pyfunction]
fn f() { Python::with_gil(|py| ()) }
",
        place: "3:18",
        help: "`with_gil` is called `attach`",
    },
    Mistake {
        source: "#[pyfunction]
fn f(py: Python<'_>) { py.allow_threads(|| ()) }
",
        place: "3:27",
        help: "`allow_threads` is called `detach`",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pyfunction]
fn f(c: &Bound<'_, C>) -> u32 { c.n }
",
        place: "5:35",
        help: "a `Bound` only points to the `C`: `.borrow()`",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pyfunction]
fn f(c: Py<C>) -> u32 { c.n }
",
        place: "5:27",
        help: "`.borrow(py)` lends it to be read",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C { fn up(&mut self) { self.n += 1; } }
#[pyfunction]
fn f(c: &Bound<'_, C>) { c.up() }
",
        place: "7:28",
        help: "`.borrow_mut()` to be changed",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C { fn up(&self) -> u32 { self.n } }
#[pyfunction]
fn f(c: Py<C>) -> u32 { c.up() }
",
        place: "7:27",
        help: "`.borrow(py)`",
    },
];

#[test]
fn each_mistake_is_one_finding_with_help() {
    each_is_one_finding("compile-errors-of-methods", &MISTAKES);
}

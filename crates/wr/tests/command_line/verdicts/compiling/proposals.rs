//! When rustc's suggestion is the help, and when it isn't.

use super::{Mistake, each_is_one_finding};

const MISTAKES: [Mistake; 6] = [
    Mistake {
        source: r#"#[pyfunction]
fn f(n: u32) -> PyResult<u32> {
    if n > 3 {
        return Err(format!("{n} is too much"));
    }
    Ok(n)
}
"#,
        place: "5:20",
        help: "a text is no exception yet: `PyValueError::new_err(…)`",
    },
    Mistake {
        source: "#[pyfunction]
fn f() -> PyResult<Missing> { todo!() }
",
        place: "3:20",
        help: "",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    fn up(slf: PyRefMut<'_, Self>) { slf.n += 1; }
}
",
        place: "6:38",
        help: "consider changing this to be mutable: `fn up(mut slf: PyRefMut<'_, Self>)",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    fn up(&self) { self.n += 1; }
}
",
        place: "6:20",
        help: "consider changing this to be a mutable reference: `fn up(&mut self)",
    },
    Mistake {
        source: "#[pyfunction]
fn f(py: Python<'_>, a: &Bound<'_, PyAny>) -> Bound<PyAny> { a.clone() }
",
        place: "3:52",
        help: "`fn name<'py>(py: Python<'py>)",
    },
    Mistake {
        source: "use pyo3::types::PyList;
#[pyfunction]
fn f(py: Python, a: u32) -> Bound<'py, PyList> { PyList::empty(py) }
",
        place: "4:35",
        help: "`fn f<'py>(py: Python",
    },
];

#[test]
fn each_mistake_is_one_finding_with_help() {
    each_is_one_finding("compile-errors-of-proposals", &MISTAKES);
}

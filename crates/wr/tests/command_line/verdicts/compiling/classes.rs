//! Mistakes about what a class is and contains.

use super::{Mistake, each_is_one_finding};

const MISTAKES: [Mistake; 11] = [
    Mistake {
        source: "#[pyclass]
#[derive(Clone)]
struct Meter { n: u32 }
#[pyfunction]
fn show(meter: Meter) -> u32 { meter.n }
",
        place: "6:16",
        help: "take `&Meter`; to get a copy, write `#[pyclass(from_py_object)]`",
    },
    Mistake {
        source: r#"#[pyclass(str = "{n}")]
struct C { n: u32 }
#[pymethods]
impl C { fn __str__(&self) -> String { String::new() } }
"#,
        place: "2:1",
        help: "the option `str` of `#[pyclass]` writes `__str__`",
    },
    Mistake {
        source: "#[pyclass(eq)]
#[derive(PartialEq)]
struct C { n: u32 }
#[pymethods]
impl C { fn __eq__(&self, other: &Self) -> bool { self.n == other.n } }
",
        place: "2:1",
        help: "the option `eq` or `ord` of `#[pyclass]` writes",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C { fn a(&self) {} }
#[pymethods]
impl C { fn b(&self) {} }
",
        place: "6:1",
        help: "one `#[pymethods]` block",
    },
    Mistake {
        source: "#[pyclass(frozen)]
struct C { n: u32 }
#[pymethods]
impl C {
    fn up(&self) { self.n += 1; }
}
",
        place: "6:20",
        help: "a frozen class lends no `&mut self`",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    fn up(&mut self) -> &mut Self { self.n += 1; self }
}
",
        place: "6:25",
        help: "take `slf: PyRefMut<'_, Self>` in the place of `self`",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    fn same(&self) -> &Self { self }
}
",
        place: "6:23",
        help: "take `slf: PyRef<'_, Self>`",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
fn g(py: Python<'_>) -> PyResult<()> { Py::new(py, D { n: 1 })?; Ok(()) }
struct D { n: u32 }
",
        place: "4:52",
        help: "write `#[pyclass]` above the definition of `D`",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    #[classmethod]
    fn of(n: u32) -> Self { Self { n } }
}
",
        place: "7:14",
        help: "`cls: &Bound<'_, PyType>` as the first parameter",
    },
    Mistake {
        source: "#[pyclass]
struct C { n: u32 }
#[pymethods]
impl C {
    #[classmethod]
    fn of() -> Self { Self { n: 1 } }
}
",
        place: "7:10",
        help: "`cls: &Bound<'_, PyType>` as the first parameter",
    },
    Mistake {
        source: "#[pyclass]
struct Sheet { n: u32 }
#[pymethods]
impl Sheet {
    fn of(n: u32) -> Self { Self { n } }
}
",
        place: "6:14",
        help: "or `#[staticmethod]` above another function without `&self`",
    },
];

#[test]
fn each_mistake_is_one_finding_with_help() {
    each_is_one_finding("compile-errors-of-classes", &MISTAKES);
}

//! Names that aren't imported, and attributes in places where they aren't known.

use super::{Mistake, each_is_one_finding};

const MISTAKES: [Mistake; 15] = [
    Mistake {
        source: "#[pyclass]
struct Colour { n: u32 }
#[pymethods]
impl Colour {
    #[classmethod]
    fn grey(cls: &Bound<'_, PyType>) -> u32 { 1 }
}
",
        place: "7:29",
        help: "write `use pyo3::types::PyType;` beside",
    },
    Mistake {
        source: "#[pyfunction]
fn f(py: Python<'_>) -> PyResult<()> { let d = PyDict::new(py); d.set_item(1, 2) }
",
        place: "3:48",
        help: "write `use pyo3::types::PyDict;` beside",
    },
    Mistake {
        source: "static X: PyOnceLock<u32> = PyOnceLock::new();
",
        place: "2:11",
        help: "write `use pyo3::sync::PyOnceLock;` beside",
    },
    Mistake {
        source: "#[pymodule]
mod shapes {
    #[pyfunction]
    fn area(a: f64) -> f64 { a }
}
",
        place: "4:7",
        help: "write `use pyo3::prelude::*;` inside it",
    },
    Mistake {
        source: "#[pyclass]
struct Point { x: f64 }
impl Point {
    #[new]
    fn new(x: f64) -> Self { Self { x } }
}
",
        place: "5:7",
        help: "write `#[pymethods]` above `impl Point`",
    },
    Mistake {
        source: "#[pyclass]
struct Point { x: f64 }
impl Point {
    #[getter]
    fn x(&self) -> f64 { self.x }
}
",
        place: "5:7",
        help: "write `#[pymethods]` above `impl Point`",
    },
    Mistake {
        source: "#[pyclass]
struct Point { x: f64 }
#[pymethods]
impl Point {
    #[pymethod]
    fn x(&self) -> f64 { self.x }
}
",
        place: "6:7",
        help: "needs no attribute of its own",
    },
    Mistake {
        source: "#[pyclass]
struct Point { x: f64 }
#[pymethod]
impl Point {
    fn x(&self) -> f64 { self.x }
}
",
        place: "4:3",
        help: "write `#[pymethods]`",
    },
    Mistake {
        source: "#[pyclass]
struct Point {
    #[getter]
    x: f64,
}
",
        place: "4:7",
        help: "`#[pyo3(get)]`",
    },
    Mistake {
        source: "struct Point {
    #[pyo3(get)]
    x: f64,
}
",
        place: "3:7",
        help: "write `#[pyclass]` above",
    },
    Mistake {
        source: "#[pyo3(signature = (n = 2))]
fn twice(n: u32) -> u32 { n * 2 }
",
        place: "2:3",
        help: "write `#[pyfunction]` above it",
    },
    Mistake {
        source: "const LIMIT: u32 = 3;
#[pymodule]
mod limits {
    #[pymodule_export]
    use super::LIMIT;
}
",
        place: "6:16",
        help: "`#[pymodule_export] const LIMIT: … = super::LIMIT;`",
    },
    Mistake {
        source: "fn double(n: u32) -> u32 { n * 2 }
#[pymodule]
mod doubles {
    #[pymodule_export]
    use super::double;
}
",
        place: "6:16",
        help: "write `#[pyfunction]` above `fn double`",
    },
    Mistake {
        source: "fn double(n: u32) -> u32 { n * 2 }
#[pymodule]
fn doubles(m: &Bound<'_, PyModule>) -> PyResult<()> { m.add_function(wrap_pyfunction!(double, m)?) }
",
        place: "4:70",
        help: "write `#[pyfunction]` above `fn double`",
    },
    Mistake {
        source: "struct Double { n: u32 }
#[pymodule]
mod doubles {
    #[pymodule_export]
    use super::Double;
}
",
        place: "3:1",
        help: "write `#[pyclass]` above the definition of `Double`",
    },
];

#[test]
fn each_mistake_is_one_finding_with_help() {
    each_is_one_finding("compile-errors-of-names", &MISTAKES);
}

//! What PyO3's macros refuse; errors that follow from it aren't reported.

use super::{Mistake, each_is_one_finding};

const MISTAKES: [Mistake; 3] = [
    Mistake {
        source: "#[pyclass(eq, hash)]
#[derive(PartialEq, Hash)]
struct Version { n: u32 }
#[pymethods]
impl Version {
    #[new]
    fn new(n: u32) -> Self { Self { n } }
}
#[pymodule]
mod versions {
    #[pymodule_export]
    use super::Version;
}
",
        place: "2:15",
        help: "write `frozen` beside `hash`: `#[pyclass(frozen, eq, hash)]`",
    },
    Mistake {
        source: "#[pyclass(ord)]
#[derive(PartialEq, PartialOrd)]
struct Version { n: u32 }
#[pyfunction]
fn same(one: &Version) -> u32 { one.n }
",
        place: "2:11",
        help: "write `eq` beside `ord`: `#[pyclass(eq, ord)]`",
    },
    Mistake {
        source: "#[pyclass]
struct Version { #[pyo3(frozen)] n: u32 }
#[pymethods]
impl Version {
    #[new]
    fn new(n: u32) -> Self { Self { n } }
}
",
        place: "3:25",
        help: "",
    },
];

#[test]
fn each_mistake_is_one_finding_with_help() {
    each_is_one_finding("compile-errors-of-options", &MISTAKES);
}

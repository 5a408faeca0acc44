//! Mistakes about converting values from and to Python.

use super::{Mistake, each_is_one_finding};

const MISTAKES: [Mistake; 19] = [
    Mistake {
        source: "use pyo3::types::PyTuple;
#[pyfunction]
fn size(parts: PyTuple) -> usize { parts.len() }
",
        place: "4:42",
        help: "take `&Bound<'_, PyTuple>` as a parameter",
    },
    Mistake {
        source: "use pyo3::types::PyDict;
#[pyfunction]
fn size(parts: Option<PyDict>) -> usize { parts.map_or(0, |_| 1) }
",
        place: "4:16",
        help: "take `&Bound<'_, PyDict>` as a parameter",
    },
    Mistake {
        source: "#[pyfunction]
fn call(callback: Py<PyAny>) -> PyResult<Py<PyAny>> { callback.call1((1,)) }
",
        place: "3:64",
        help: "pass `(py, (1,))`; add a parameter `py: Python<'_>`",
    },
    Mistake {
        source: "#[pyfunction]
#[pyo3(signature = (a, separator = '-'))]
fn join(a: String, separator: String) -> String { a + &separator }
",
        place: "4:31",
        help: "`separator = \"-\"` in the signature",
    },
    Mistake {
        source: "#[pyclass]
#[derive(Clone)]
struct Dot { x: i64 }
#[pyfunction]
fn total(dots: Vec<Dot>) -> i64 { dots.iter().map(|dot| dot.x).sum() }
",
        place: "6:16",
        help: "write `#[pyclass(from_py_object)]`",
    },
    Mistake {
        source: "struct Dot { x: i64 }
#[pyfunction]
fn total() -> i64 { let dot = Dot { x: 1 }; dot.clone().x }
",
        place: "4:49",
        help: "write `#[derive(Clone)]` above `Dot`",
    },
    Mistake {
        source: "#[pyclass]
struct Meter { n: u32 }
#[pyfunction]
fn show(meters: Vec<Meter>) -> usize { meters.len() }
",
        place: "5:17",
        help: "`PyRef<'_, Meter>` to read it or `Py<Meter>` to keep it",
    },
    Mistake {
        source: "#[pyclass]
struct Lens { mm: u32 }
#[pyclass(get_all)]
struct Photo { lens: Lens }
",
        place: "5:22",
        help: "write `#[derive(Clone)]` above `Lens`; or keep the object itself in the field, as `Py<Lens>`",
    },
    Mistake {
        source: "use std::sync::atomic::AtomicU64;
#[pyclass]
struct Hits {
    #[pyo3(get)]
    n: AtomicU64,
}
",
        place: "6:8",
        help: "Python cannot be given a `AtomicU64`: take `get` or `get_all` away",
    },
    Mistake {
        source: "use std::sync::Mutex;
#[pyclass(get_all)]
struct Hits {
    n: Mutex<u64>,
}
",
        place: "5:8",
        help: "Python cannot be given a `Mutex<u64>`",
    },
    Mistake {
        source: "struct Lens { mm: u32 }
#[pyclass(get_all)]
struct Photo { lens: Lens }
",
        place: "4:22",
        help: "it has to be `Clone`",
    },
    Mistake {
        source: "struct Parcel { w: u32 }
#[pyfunction]
fn heavier(parcel: &mut Parcel) { parcel.w += 1; }
",
        place: "4:20",
        help: "write `#[pyclass]` above `Parcel`",
    },
    Mistake {
        source: "#[pyclass]
struct Parcel { w: u32 }
#[pyfunction]
fn total(all: &[PyRef<'_, Parcel>]) -> u32 { all.iter().map(|p| p.w).sum() }
",
        place: "5:15",
        help: "take `Vec<PyRef<'_, Parcel>>`",
    },
    Mistake {
        source: "use std::collections::HashMap;
#[pyfunction]
fn f(m: Option<HashMap<&str, u32>>) -> usize { m.map_or(0, |m| m.len()) }
",
        place: "4:9",
        help: "take `Option<HashMap<String, u32>>`",
    },
    Mistake {
        source: "use std::path::Path;
#[pyfunction]
fn f(p: &Path) -> bool { p.exists() }
",
        place: "4:9",
        help: "take it by value: `PathBuf`",
    },
    Mistake {
        source: "struct Reading { n: u32 }
#[pyfunction]
fn f(py: Python<'_>) -> PyResult<()> { Reading { n: 1 }.into_pyobject(py)?; Ok(()) }
",
        place: "4:57",
        help: "`#[derive(IntoPyObject)]` a dict",
    },
    Mistake {
        source: "struct Reading { n: u32 }
#[pyfunction]
fn f() -> Vec<Reading> { vec![] }
",
        place: "4:11",
        help: "`#[pyclass]` above `Reading` makes it a class",
    },
    Mistake {
        source: r#"use pyo3::types::PyDict;
struct Reading { n: u32 }
#[pyfunction]
fn f(d: &Bound<'_, PyDict>) -> PyResult<()> { d.set_item("a", Reading { n: 1 }) }
"#,
        place: "5:63",
        help: "`#[derive(IntoPyObject)]` a dict",
    },
    Mistake {
        source: "struct Odd;
#[pyfunction]
fn f() -> Result<Odd, u32> { Ok(Odd) }
",
        place: "4:11",
        help: "`#[pyclass]` above `Odd`",
    },
];

#[test]
fn each_mistake_is_one_finding_with_help() {
    each_is_one_finding("compile-errors-of-conversions", &MISTAKES);
}

//! What rustc says of mistakes with PyO3: one finding each, with help in words that a learner knows.

use testkit::{Extension, workshop};

/// Source, where the finding is, and what its help says.
const MISTAKES: [(&str, &str, &str); 12] = [
    (
        "#[pyclass]\nstruct Counter { n: u32 }\n#[pyfunction]\nfn read(c: &Bound<'_, Counter>) -> u32 { c.get().n }",
        "5:44",
        "`#[pyclass(frozen)]` above `Counter`",
    ),
    (
        "#[pyclass(frozen)]\nstruct Counter { n: u32 }\n#[pymethods]\nimpl Counter { fn up(&mut self) { self.n += 1; } }",
        "4:1",
        "a frozen class lends no `&mut self`",
    ),
    (
        "#[pyfunction]\nfn size(py: Python<'_>, all: &Bound<'_, PyAny>) -> PyResult<usize> { py.detach(|| all.len()) }",
        "3:80",
        "a `Bound<'_, PyAny>` is used in code that runs without the interpreter",
    ),
    (
        "struct Point { x: f64 }\n#[pymethods]\nimpl Point {\n    #[new]\n    fn new(x: f64) -> Self { Self { x } }\n    fn x(&self) -> f64 { self.x }\n}",
        "4:6",
        "write `#[pyclass]` above the definition of `Point`",
    ),
    (
        "struct Point { x: f64 }\n#[pyfunction]\nfn origin() -> Point { Point { x: 0.0 } }",
        "4:16",
        "`#[derive(IntoPyObject)]` a dict",
    ),
    (
        "#[pyfunction]\nfn join(words: Vec<&str>) -> String { words.join(\" \") }",
        "3:16",
        "`Vec<String>`",
    ),
    (
        "#[pyfunction]\n#[pyo3(signature = (n = None))]\nfn twice(n: u32) -> u32 { n * 2 }",
        "4:13",
        "for `None` the parameter is an `Option`",
    ),
    (
        "#[pyclass]\nstruct Sensor {}\n#[pyclass(extends = Sensor)]\nstruct Thermometer {}\n#[pymethods]\nimpl Thermometer {\n    #[new]\n    \
         fn new() -> (Self, Sensor) { (Self {}, Sensor {}) }\n}",
        "4:1",
        "`#[pyclass(subclass)]`",
    ),
    (
        "#[pyclass]\nstruct Parcel { w: u32 }\n#[pyfunction]\nfn total(all: Vec<&Parcel>) -> u32 { all.iter().map(|p| p.w).sum() }",
        "5:15",
        "`PyRef<'_, Parcel>`",
    ),
    (
        "#[pyclass]\nstruct Trade { w: u32 }\n#[pyfunction]\nfn total(all: &Bound<'_, PyAny>) -> PyResult<usize> { Ok(all.extract::<Vec<Trade>>()?.len()) }",
        "5:62",
        "`Py<Trade>`",
    ),
    (
        "#[pyfunction]\nfn f() -> PyResult<u32> { Err(PyValueError::new_err(\"x\")) }",
        "3:31",
        "`use pyo3::exceptions::PyValueError;`",
    ),
    (
        "#[pyfunction]\n#[pyo3(signature = (n, loud = False))]\nfn f(n: u32, loud: bool) -> u32 { if loud { n } else { 0 } }",
        "3:31",
        "`false`",
    ),
];

#[test]
fn each_mistake_is_one_finding_with_help() {
    let at = workshop!("compile-errors-of-pyo3");
    at.course();
    let extension = Extension::named_after(&at);
    extension.put_into(&at);
    for (source, place, help) in MISTAKES {
        let source = format!("use pyo3::prelude::*;\n{source}\n");
        at.write(format!("{}/src/lib.rs", extension.dir()), &source);
        let outcome = at.wr(["check", &extension.id, "--format", "json"]).run();
        let verdict = &outcome.json()["verdicts"][0];
        let found = verdict["diagnostics"].as_array().unwrap();
        assert_eq!(found.len(), 1, "{source}\n{verdict:#}");
        assert_eq!(found[0]["code"], "WR0351", "{source}\n{verdict:#}");
        let hint = found[0]["hint"].as_str().unwrap_or_default();
        assert!(hint.contains(help), "{source}\n{verdict:#}");
        let seen = &found[0]["evidence"][0]["location"];
        let seen = format!("{}:{}", seen["line"], seen["column"]);
        assert_eq!(seen, place, "{source}\n{verdict:#}");
    }
}

#[test]
fn people_see_the_learners_lines_and_not_pyo3s() {
    let at = workshop!("compile-error-shown");
    at.course();
    let extension = Extension::named_after(&at);
    extension.put_into(&at);
    let source = MISTAKES[2].0;
    at.write(
        format!("{}/src/lib.rs", extension.dir()),
        format!("use pyo3::prelude::*;\n{source}\n"),
    );
    at.wr(["check", &extension.id])
        .run()
        .status(1)
        .says("  --> src/lib.rs:3:80")
        .says("more lines (`-v` shows all)")
        .never_says("marker.rs");
    at.wr(["check", &extension.id, "-v"])
        .run()
        .status(1)
        .says("marker.rs");
}

//! rustc's errors about mistakes with PyO3: one finding each, with help that a learner understands.

mod classes;
mod conversions;
mod methods;
mod names;
mod newcomers;
mod options;
mod proposals;
mod threads;

use testkit::{Extension, workshop};

/// A mistake that learners make.
struct Mistake {
    source: &'static str,
    /// The line and column of the finding; the source starts one line below.
    place: &'static str,
    /// What its help says; nothing if there is no help.
    help: &'static str,
}

/// The mistakes that every learner makes.
const MISTAKES: [Mistake; 12] = [
    Mistake {
        source: "#[pyclass]
struct Counter { n: u32 }
#[pyfunction]
fn read(c: &Bound<'_, Counter>) -> u32 { c.get().n }
",
        place: "5:44",
        help: "`#[pyclass(frozen)]` above `Counter`",
    },
    Mistake {
        source: "#[pyclass(frozen)]
struct Counter { n: u32 }
#[pymethods]
impl Counter { fn up(&mut self) { self.n += 1; } }
",
        place: "4:1",
        help: "a frozen class lends no `&mut self`",
    },
    Mistake {
        source: "#[pyfunction]
fn size(py: Python<'_>, all: &Bound<'_, PyAny>) -> PyResult<usize> { py.detach(|| all.len()) }
",
        place: "3:80",
        help: "a `Bound<'_, PyAny>` is used in code that runs without the interpreter",
    },
    Mistake {
        source: "struct Point { x: f64 }
#[pymethods]
impl Point {
    #[new]
    fn new(x: f64) -> Self { Self { x } }
    fn x(&self) -> f64 { self.x }
}
",
        place: "4:6",
        help: "write `#[pyclass]` above the definition of `Point`",
    },
    Mistake {
        source: "struct Point { x: f64 }
#[pyfunction]
fn origin() -> Point { Point { x: 0.0 } }
",
        place: "4:16",
        help: "`#[derive(IntoPyObject)]` a dict",
    },
    Mistake {
        source: r#"#[pyfunction]
fn join(words: Vec<&str>) -> String { words.join(" ") }
"#,
        place: "3:16",
        help: "`Vec<String>`",
    },
    Mistake {
        source: "#[pyfunction]
#[pyo3(signature = (n = None))]
fn twice(n: u32) -> u32 { n * 2 }
",
        place: "4:13",
        help: "for `None` the parameter is an `Option`",
    },
    Mistake {
        source: "#[pyclass]
struct Sensor {}
#[pyclass(extends = Sensor)]
struct Thermometer {}
#[pymethods]
impl Thermometer {
    #[new]
    fn new() -> (Self, Sensor) { (Self {}, Sensor {}) }
}
",
        place: "4:1",
        help: "`#[pyclass(subclass)]`",
    },
    Mistake {
        source: "#[pyclass]
struct Parcel { w: u32 }
#[pyfunction]
fn total(all: Vec<&Parcel>) -> u32 { all.iter().map(|p| p.w).sum() }
",
        place: "5:15",
        help: "`PyRef<'_, Parcel>`",
    },
    Mistake {
        source: "#[pyclass]
struct Trade { w: u32 }
#[pyfunction]
fn total(all: &Bound<'_, PyAny>) -> PyResult<usize> { Ok(all.extract::<Vec<Trade>>()?.len()) }
",
        place: "5:62",
        help: "`Py<Trade>`",
    },
    Mistake {
        source: r#"#[pyfunction]
fn f() -> PyResult<u32> { Err(PyValueError::new_err("x")) }
"#,
        place: "3:31",
        help: "`use pyo3::exceptions::PyValueError;`",
    },
    Mistake {
        source: "#[pyfunction]
#[pyo3(signature = (n, loud = False))]
fn f(n: u32, loud: bool) -> u32 { if loud { n } else { 0 } }
",
        place: "3:31",
        help: "`false`",
    },
];

#[test]
fn each_mistake_is_one_finding_with_help() {
    each_is_one_finding("compile-errors-of-pyo3", &MISTAKES);
}

#[test]
fn people_see_the_learners_lines_and_not_pyo3s() {
    let at = workshop!("compile-error-shown");
    at.course();
    let extension = Extension::named_after(&at);
    extension.put_into(&at);
    let source = MISTAKES[2].source;
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

/// rustc writes the full name of a long type to a file that nobody looks for.
const LONG_TYPE: &str = "use std::collections::HashMap;
fn table() -> HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, Vec<(String, String, String, String)>>>>>> { HashMap::new() }
#[pyfunction]
fn f() -> usize { table().length() }
";

#[test]
fn the_file_with_the_full_type_is_not_mentioned() {
    let at = workshop!("compile-error-of-a-long-type");
    at.course();
    let extension = Extension::named_after(&at);
    extension.put_into(&at);
    at.write(
        format!("{}/src/lib.rs", extension.dir()),
        format!("use pyo3::prelude::*;\n{LONG_TYPE}"),
    );
    at.wr(["check", &extension.id])
        .run()
        .status(1)
        .says("no method named `length`")
        .never_says("the full name for the type")
        .never_says("--verbose");
    at.wr(["check", &extension.id, "-v"])
        .run()
        .says("the full name for the type");
}

/// Runs `wr check` on each mistake, in an exercise of its own course.
fn each_is_one_finding(name: &str, mistakes: &[Mistake]) {
    let at = workshop!(name);
    at.course();
    let extension = Extension::named_after(&at);
    extension.put_into(&at);
    let mut wrong = String::new();
    for mistake in mistakes {
        let source = format!("use pyo3::prelude::*;\n{}", mistake.source);
        at.write(format!("{}/src/lib.rs", extension.dir()), &source);
        let outcome = at.wr(["check", &extension.id, "--format", "json"]).run();
        let verdict = &outcome.json()["verdicts"][0];
        let found = verdict["diagnostics"].as_array().unwrap();
        let hint = found[0]["hint"].as_str().unwrap_or_default();
        let seen = &found[0]["evidence"][0]["location"];
        let seen = format!("{}:{}", seen["line"], seen["column"]);
        let is_helped = if mistake.help.is_empty() {
            hint.is_empty()
        } else {
            hint.contains(mistake.help)
        };
        let is_right = found.len() == 1 && found[0]["code"] == "WR0351" && seen == mistake.place;
        if !(is_right && is_helped) {
            let told = serde_json::to_string_pretty(&verdict["diagnostics"]).unwrap();
            wrong += &format!(
                "{source}\nwanted {} {}\n{told}\n",
                mistake.place, mistake.help
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

//! Projects of every shape: what is imported, what pytest collects, who builds it, and what is installed for it. Each
//! verdict is the same as that of `maturin develop` and `pytest`.

mod entry_points;
mod environments;
mod examples;
mod imported;
mod packed;
#[cfg(unix)]
mod pytest_versions;
mod workers;

use serde_json::Value;
use testkit::{Invocation, Project, Workshop};

/// A module with two functions, one of which isn't added.
const SOURCE: &str = "\
use pyo3::prelude::*;

#[pyfunction]
fn twice(x: i64) -> i64 {
    x * 2
}

#[pyfunction]
fn forgotten(x: i64) -> i64 {
    x
}

#[pyfunction]
fn at(all: Vec<i64>, index: usize) -> i64 {
    all[index]
}

#[pyfunction]
fn abort() {
    std::process::abort()
}

#[pymodule]
#[pyo3(name = \"LEAF\")]
fn shape(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(twice, m)?)?;
    m.add_function(wrap_pyfunction!(at, m)?)?;
    m.add_function(wrap_pyfunction!(abort, m)?)
}
";

/// A project in a separate repository that isn't a course; its module is called `leaf`, or like the project.
fn project(at: &Workshop, leaf: Option<&str>) -> Project {
    at.folder(".git");
    let mut project = Project::named_after(at, SOURCE);
    project.source = project
        .source
        .replace("LEAF", leaf.unwrap_or(&project.name));
    project
}

fn check(at: &Workshop) -> Invocation {
    at.wr(["check", "--format", "json"])
}

/// The codes of a verdict's findings, errors and others, in order.
fn codes(verdict: &Value) -> Vec<&str> {
    let found = verdict["diagnostics"].as_array().unwrap();
    found
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect()
}

/// The finding with a code.
fn finding<'v>(verdict: &'v Value, code: &str) -> &'v Value {
    let found = verdict["diagnostics"].as_array().unwrap();
    let finding = found.iter().find(|one| one["code"] == code);
    finding.unwrap_or_else(|| panic!("no {code} in {verdict:#}"))
}

#[track_caller]
fn says(value: &Value, words: &str) {
    let text = value.as_str().unwrap_or_default();
    assert!(text.contains(words), "{words:?} is not in {text:?}");
}

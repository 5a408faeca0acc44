//! Examples in the documentation of an extension's crate are tests where `cargo test` runs them.

use serde_json::Value;
use testkit::{Workshop, workshop};

use super::{check, codes, finding, project, says};

const EXAMPLE: &str = "\
/// Adds up.
///
/// ```
/// use pyo3::prelude::*;
///
/// Python::initialize();
/// let two = Python::attach(|py| py.eval(c\"1 + 1\", None, None).unwrap().extract::<i64>().unwrap());
/// assert_eq!(MODULE::sum(two, 2), 4);
/// ```
pub fn sum(a: i64, b: i64) -> i64 {
    a + b
}
";

/// A project with an example, whose library is of these kinds.
fn with_example(at: &Workshop, kinds: &str) -> String {
    let mut project = project(at, None);
    let name = project.name.clone();
    let example = EXAMPLE.replace("MODULE", &name);
    project.source = format!("{}\n{example}", project.source);
    project.put_into(at);
    at.replace(
        "Cargo.toml",
        "crate-type = [\"cdylib\"]",
        &format!("crate-type = [{kinds}]"),
    );
    at.write(
        "tests/test_it.py",
        format!("import {name}\n\n\ndef test_it():\n    assert {name}.twice(2) == 4\n"),
    );
    name
}

fn ids(verdict: &Value) -> Vec<&str> {
    let tests = verdict["tests"].as_array().unwrap();
    tests
        .iter()
        .map(|test| test["id"].as_str().unwrap())
        .collect()
}

#[test]
fn examples_are_run_where_rust_code_can_use_the_library() {
    let at = workshop!("shape-examples");
    let name = with_example(&at, "\"cdylib\", \"rlib\"");
    let verdict = check(&at).run().status(0).verdict();
    let tests = ids(&verdict);
    assert!(
        tests.len() == 2 && tests[0].starts_with("doc::src/lib.rs - sum (line "),
        "{tests:?}"
    );
    at.replace("src/lib.rs", "two, 2), 4)", "two, 2), 5)");
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(verdict["status"], "tests_fail");
    assert_eq!(codes(&verdict), ["WR0353"]);
    says(
        &finding(&verdict, "WR0353")["message"],
        "doc::src/lib.rs - sum (line ",
    );
    // As it says in the manifest.
    at.replace("Cargo.toml", "[lib]\n", "[lib]\ndoctest = false\n");
    check(&at).run().status(0);
    at.replace("Cargo.toml", "[lib]\ndoctest = false\n", "[lib]\n");
    at.replace("Cargo.toml", ", \"rlib\"", "");
    let verdict = check(&at).run().status(0).verdict();
    assert_eq!(ids(&verdict), ["tests/test_it.py::test_it"], "{name}");
}

#[test]
fn examples_are_built_where_maturin_builds_something_else() {
    let at = workshop!("shape-examples-built");
    with_example(&at, "\"rlib\"");
    let verdict = check(&at).run().status(0).verdict();
    assert_eq!(ids(&verdict).len(), 2);
    let other = "[tool.maturin]\nrustc-args = [\"--cap-lints=warn\"]\n";
    at.write("pyproject.toml", at.read("pyproject.toml") + other);
    at.replace("src/lib.rs", "two, 2), 4)", "two, 2), 5)");
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(ids(&verdict).len(), 2);
}

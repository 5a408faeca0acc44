//! Tests that pytest-xdist spreads over processes are diagnosed like those that run in one.

use testkit::workshop;

use super::{check, codes, finding, project, says};

#[test]
fn failures_in_workers_have_their_causes() {
    let at = workshop!("shape-workers");
    let project = project(&at, None);
    project.put_into(&at);
    let name = &project.name;
    at.write(
        "pyproject.toml",
        at.read("pyproject.toml")
            + "\n[dependency-groups]\ndev = [\"pytest-xdist\"]\n\n[tool.pytest.ini_options]\naddopts = \"-n 2\"\n",
    );
    let test = |name: &str, body: &str| format!("\n\ndef test_{name}():\n    {body}\n");
    let tests = [
        test("assertion", &format!("assert {name}.twice(2) == 5")),
        test("panic", &format!("{name}.at([1], 7)")),
        test("missing", &format!("{name}.forgotten(1)")),
        test("abort", &format!("{name}.abort()")),
        test("fine", "pass"),
    ];
    at.write(
        "tests/test_it.py",
        format!("import {name}\n{}", tests.concat()),
    );
    // Otherwise the plugin would end up in the environment of every other test.
    let verdict = check(&at).own_state().run().status(1).verdict();
    assert_eq!(verdict["status"], "crashed");
    let mut found = codes(&verdict);
    found.sort_unstable();
    assert_eq!(found, ["WR0302", "WR0308", "WR0353", "WR0356"]);
    says(
        &finding(&verdict, "WR0308")["message"],
        "in tests/test_it.py::test_abort: SIGABRT",
    );
    says(
        &finding(&verdict, "WR0302")["message"],
        "panicked at src/lib.rs:15",
    );
    says(
        &finding(&verdict, "WR0356")["hint"],
        "wrap_pyfunction!(forgotten, m)",
    );
    assert_eq!(verdict["tests"].as_array().map(Vec::len), Some(5));
    // A module hides the extension in the workers too, where the tests run.
    at.write(format!("tests/{name}.py"), "");
    at.write(
        "tests/test_it.py",
        format!("import {name}\n\n\ndef test_it():\n    {name}.twice(2)\n"),
    );
    let verdict = check(&at).own_state().run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0111"]);
    at.remove(format!("tests/{name}.py"));
    check(&at).own_state().run().status(0);
}

//! Every supported version of pytest leads to the same verdicts, and an older one is reported as too old.
//!
//! Each version is installed from the package index by the first run, which therefore needs the network.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use testkit::{Workshop, workshop};

use super::{check, codes, project};

/// The oldest version that works, with a pluggy of its time, then the last minor version of 7 and the newest of each later major
/// version.
const SUPPORTED: [&str; 4] = [
    "pytest==7.0.* pluggy==1.0.0",
    "pytest==7.4.*",
    "pytest==8.*",
    "pytest==9.*",
];

/// The last one that is too old.
const TOO_OLD: &str = "pytest==6.2.*";

/// One test for each way in which a test can end.
const TESTS: &str = r#"
"""
>>> 1 + 1
2
"""
import pytest

import EXTENSION


def test_passes():
    print("never shown")
    assert EXTENSION.twice(2) == 4


def test_fails():
    print("shown with the failure")
    assert [1, 2] == [1, 3]


@pytest.fixture
def broken():
    raise ValueError("in the fixture")


def test_error(broken):
    pass


@pytest.fixture
def broken_later():
    yield
    raise ValueError("after the test")


def test_error_afterwards(broken_later):
    pass


@pytest.mark.skip(reason="not today")
def test_skipped():
    pass


@pytest.mark.xfail(reason="known")
def test_fails_as_expected():
    assert False


@pytest.mark.xfail(reason="no longer")
def test_passes_unexpectedly():
    pass


@pytest.mark.xfail(strict=True, reason="no longer")
def test_passes_against_a_strict_expectation():
    pass


@pytest.mark.parametrize("number", [1, 2])
def test_parameters(number):
    assert number == 1


def test_nothing_raised():
    for number in [3]:
        with pytest.raises(ZeroDivisionError):
            1 / number


@pytest.mark.skipif("True", reason="left out")
class TestClass:
    def test_inside(self):
        pass


def test_deselected():
    assert False
"#;

/// How each of these tests ends, in the order in which they run.
const OUTCOMES: [(&str, &str); 13] = [
    ("test_it", "passed"),
    ("test_passes", "passed"),
    ("test_fails", "failed"),
    ("test_error", "failed"),
    ("test_error_afterwards", "failed"),
    ("test_skipped", "skipped"),
    ("test_fails_as_expected", "xfailed"),
    ("test_passes_unexpectedly", "passed"),
    ("test_passes_against_a_strict_expectation", "failed"),
    ("test_parameters[1]", "passed"),
    ("test_parameters[2]", "failed"),
    ("test_nothing_raised", "failed"),
    ("TestClass::test_inside", "skipped"),
];

#[test]
fn all_versions_lead_to_the_same_verdicts() {
    let at = workshop!("pytest-versions");
    let project = project(&at, None);
    project.put_into(&at);
    let mixed = TESTS.replace("EXTENSION", &project.name);
    let crash = format!(
        "import {0}\n\n\ndef test_abort():\n    print('printed before')\n    {0}.abort()\n",
        project.name
    );
    let mut first: Option<[Value; 3]> = None;
    for version in SUPPORTED {
        let environment = environment(&at, version);
        if version == SUPPORTED[0] && !is_older_than_3_14(&environment) {
            // pytest 7.0 itself uses parts of Python that 3.14 removed.
            let _ = writeln!(
                std::io::stderr(),
                "pytest 7.0 was left out: this Python is too new for it"
            );
            continue;
        }
        let verdict = |tests: &str, settings: &str, status: i32| {
            at.write("tests/test_it.py", tests);
            at.write("pytest.ini", format!("[pytest]\n{settings}\n"));
            let check = check(&at).env("VIRTUAL_ENV", &environment);
            check.run().status(status).verdict()
        };
        let ended = verdict(&mixed, "addopts = --doctest-modules -k 'not deselected'", 1);
        assert_eq!(outcomes(&ended), OUTCOMES, "{version}");
        let crashed = verdict(&crash, "", 1);
        assert_eq!(crashed["status"], "crashed", "{version}");
        let printed = crashed["output"].to_string();
        assert!(printed.contains("printed before"), "{version}: {printed}");
        let uncollected = verdict("import wr_nowhere\n", "", 1);
        assert_eq!(uncollected["tests"], Value::Array(Vec::new()), "{version}");
        let all = [ended, crashed, uncollected].map(essence);
        match &first {
            Some(first) => assert_eq!(&all, first, "{version} against the first"),
            None => first = Some(all),
        }
    }
}

#[test]
fn an_older_version_is_too_old() {
    let at = workshop!("pytest-too-old");
    project(&at, None).put_into(&at);
    at.write("tests/test_it.py", "def test_a():\n    pass\n");
    let environment = environment(&at, TOO_OLD);
    let verdict = check(&at)
        .env("VIRTUAL_ENV", environment)
        .run()
        .status(1)
        .verdict();
    assert_eq!(verdict["status"], "environment_broken");
    assert_eq!(codes(&verdict), ["WR0416"]);
    assert_eq!(verdict["tests"], Value::Array(Vec::new()));
}

/// The tests of a verdict and how they ended.
fn outcomes(verdict: &Value) -> Vec<(&str, &str)> {
    let tests = verdict["tests"].as_array().unwrap();
    tests
        .iter()
        .map(|test| {
            let id = test["id"].as_str().unwrap();
            let outcome = test["outcome"].as_str().unwrap();
            (id.trim_start_matches("tests/test_it.py::"), outcome)
        })
        .collect()
}

/// A verdict without what differs from run to run, and without what pytest itself words.
fn essence(mut verdict: Value) -> Value {
    for key in ["timings", "output"] {
        verdict[key].take();
    }
    for test in verdict["tests"].as_array_mut().unwrap() {
        test["milliseconds"].take();
        test["message"].take();
    }
    for finding in verdict["diagnostics"].as_array_mut().unwrap() {
        finding["evidence"].take();
    }
    verdict
}

/// A virtual environment with this version of pytest, made now if it isn't there yet.
fn environment(at: &Workshop, version: &str) -> PathBuf {
    let digits: String = version.chars().filter(char::is_ascii_digit).collect();
    let name = format!("environment-with-pytest-{digits}");
    let dir = at.shared_state().with_file_name(name);
    let stamp = dir.join("complete");
    if stamp.is_file() {
        return dir;
    }
    run(Command::new(testkit::python())
        .args(["-I", "-m", "venv", "--clear"])
        .arg(&dir));
    let mut pip = Command::new(dir.join("bin").join("python"));
    pip.args(["-I", "-m", "pip", "install", "--no-input", "--quiet"]);
    // Without the network this fails: pytest comes from the package index.
    run(pip.args(version.split(' ')));
    std::fs::write(stamp, "").unwrap();
    dir
}

fn run(command: &mut Command) {
    let ended = command.output().unwrap();
    assert!(ended.status.success(), "{command:?}: {ended:?}");
}

fn is_older_than_3_14(environment: &std::path::Path) -> bool {
    let entries = std::fs::read_dir(environment.join("lib")).unwrap();
    let mut names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.any(|name| {
        let minor = name
            .strip_prefix("python3.")
            .and_then(|minor| minor.parse::<u32>().ok());
        minor.is_some_and(|minor| minor < 14)
    })
}

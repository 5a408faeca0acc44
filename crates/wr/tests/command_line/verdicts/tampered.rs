//! Changed tests.

use testkit::{Workshop, workshop};

use super::check;

const DIR: &str = "exercises/01_tamper";
const TESTS: &str = "def test_a():\n    assert 1 + 1 == 2\n";

/// An exercise with protected, unchanged tests.
fn protected(at: &Workshop, name: &str) {
    at.course()
        .python_exercise(&format!("01_tamper/{name}"), TESTS);
    // `b3sum` of the string above.
    let digest = format!("blake3:{}", blake3::hash(TESTS.as_bytes()).to_hex());
    at.write(
        format!("{DIR}/{name}/.wr.toml"),
        format!("[protected]\n\"test_it.py\" = \"{digest}\"\n"),
    );
}

#[test]
fn unchanged_tests_count() {
    let at = workshop!("tamper-unchanged");
    protected(&at, "01_same");
    check(&at, "01_same").is("solved", "", "");
    at.write(
        format!("{DIR}/01_same/test_it.py"),
        TESTS.replace('\n', "\r\n"),
    );
    check(&at, "01_same").is("solved", "", "");
}

#[test]
fn changed_tests_that_pass_do_not_count() {
    let at = workshop!("tamper-changed");
    protected(&at, "02_changed");
    at.write(
        format!("{DIR}/02_changed/test_it.py"),
        "def test_a():\n    pass\n",
    );
    check(&at, "02_changed")
        .is("tampered", "tests-changed", "test_it.py:null")
        .mentions("checkout -- test_it.py` restores it");
}

#[test]
fn changed_tests_that_fail_are_reported_as_failed() {
    let at = workshop!("tamper-failing");
    protected(&at, "03_failing");
    at.write(
        format!("{DIR}/03_failing/test_it.py"),
        "def test_a():\n    assert False\n",
    );
    check(&at, "03_failing")
        .is("tests_fail", "test-failed", "test_it.py:2")
        .mentions("test_it.py differs from the exercise's original");
}

#[test]
fn a_missing_protected_file_does_not_count() {
    let at = workshop!("tamper-gone");
    protected(&at, "04_gone");
    at.rename(
        format!("{DIR}/04_gone/test_it.py"),
        format!("{DIR}/04_gone/test_other.py"),
    );
    check(&at, "04_gone")
        .is("tampered", "tests-changed", "test_it.py:null")
        .mentions("missing");
}

#[test]
fn hooks_that_let_every_test_pass_do_not_count() {
    let at = workshop!("tamper-hooks");
    protected(&at, "05_hooked");
    at.write(
        format!("{DIR}/05_hooked/conftest.py"),
        "import pytest\n\n\n@pytest.hookimpl(wrapper=True)\ndef pytest_runtest_call(item):\n    try:\n        return (yield)\n    \
         except BaseException:\n        return None\n",
    );
    check(&at, "05_hooked")
        .is("tampered", "tests-changed", "conftest.py:null")
        .mentions("remove it: it changes how the tests run");
}

/// Only a commit makes settings part of the course.
#[test]
fn changed_settings_do_not_count() {
    let at = workshop!("tamper-settings");
    let settings = format!("{DIR}/09_settings/.wr.toml");
    at.course()
        .command_exercise("01_tamper/09_settings", &[&["test", "-e", "done"]]);
    at.remove(".git");
    let git = |args: &[&str]| {
        let run = std::process::Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(args)
            .current_dir(at.root())
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "the course"]);
    check(&at, "09_settings").is("tests_fail", "command-failed", "");
    at.replace(&settings, "[\"-e\", \"done\"]", "[\"-n\", \"done\"]");
    for _ in 0..2 {
        check(&at, "09_settings").is("tampered", "tests-changed", ".wr.toml:null");
    }
    git(&["commit", "--quiet", "-a", "-m", "an easier exercise"]);
    check(&at, "09_settings").is("solved", "", "");
    at.write(&settings, format!("{}# tidied\n", at.read(&settings)));
    check(&at, "09_settings").is("tampered", "tests-changed", ".wr.toml:null");
    git(&["checkout", "HEAD", "--", &settings]);
    check(&at, "09_settings").is("solved", "", "");
}

/// The learner writes the package that uses an extension, and the tests import it.
#[test]
fn a_package_that_replaces_pytest_s_own_code_does_not_count() {
    let at = workshop!("tamper-patch");
    at.course().python_exercise(
        "01_tamper/10_patch",
        "import helper\n\n\ndef test_a():\n    assert False\n",
    );
    at.write(
        format!("{DIR}/10_patch/helper.py"),
        "import _pytest.python\n\n_pytest.python.Function.runtest = lambda self: None\n",
    );
    check(&at, "10_patch").is("tampered", "tests-changed", "helper.py:null");
}

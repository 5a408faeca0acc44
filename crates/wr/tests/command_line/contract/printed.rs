//! Reads what the course's own commands print: failures are diagnosed, and the end of the output is shown.

use testkit::{Outcome, Workshop, workshop};

use crate::states::rule;

/// The statuses and rules of the only exercise's verdict.
fn told(at: &Workshop) -> (String, Vec<String>) {
    let verdict = at.wr(["check", "01_x", "--format", "json"]).run().verdict();
    let findings = verdict["diagnostics"].as_array().unwrap();
    (
        verdict["status"].as_str().unwrap().to_owned(),
        findings.iter().map(rule).collect(),
    )
}

fn check(at: &Workshop, status: &str, rules: &[&str]) -> Outcome {
    let (found, found_rules) = told(at);
    assert_eq!(
        (found.as_str(), &found_rules[..]),
        (
            status,
            &rules.iter().map(|&one| one.to_owned()).collect::<Vec<_>>()[..]
        )
    );
    at.wr(["check", "01_x"]).run()
}

#[test]
fn a_compile_error_in_a_command_is_reported_as_the_compilers() {
    let at = workshop!("command-compile-error");
    at.course().rust_exercise_with("01_a/01_x", "", "\"x\"");
    at.command_exercise("01_a/01_x", &[&["cargo", "test", "--quiet"]]);
    at.write(".wr.toml", "skip_build = true\n");
    check(
        &at,
        "does_not_compile",
        &["compile-error", "command-failed"],
    )
    .says("src/lib.rs:2:5")
    .says("does not build")
    .never_says("tests fail");
}

#[test]
fn the_failures_of_cargo_test_are_found() {
    let at = workshop!("command-cargo-test");
    at.course()
        .rust_exercise_with("01_a/01_x", "assert_eq!(crate::two(), 3);", "2");
    at.command_exercise("01_a/01_x", &[&["cargo", "test"]]);
    check(&at, "tests_fail", &["test-failed", "command-failed"])
        .says("tests::it_holds failed")
        .says("src/lib.rs:9")
        .says("1 failed");
    at.replace("exercises/01_a/01_x/src/lib.rs", "    2\n", "    todo!()\n");
    check(&at, "unfinished", &["unfinished", "command-failed"]);
}

#[test]
fn the_failures_of_pytest_are_found() {
    let at = workshop!("command-pytest");
    at.course();
    let printed = "\
=================================== FAILURES ===================================
____________________________________ test_a ____________________________________

    def test_a():
>       assert 1 == 2
E       assert 1 == 2

test_it.py:3: AssertionError
=========================== short test summary info ============================
FAILED test_it.py::test_a - assert 1 == 2
========================= 1 failed, 2 passed in 0.02s ==========================
";
    at.write("exercises/01_a/01_x/printed", printed);
    at.command_exercise("01_a/01_x", &[&["sh", "-c", "cat printed; exit 1"]]);
    check(&at, "tests_fail", &["test-failed", "command-failed"])
        .says("test_it.py::test_a failed")
        .says("test_it.py:3");
}

#[test]
fn a_tool_missing_in_a_command_is_about_the_machine() {
    let at = workshop!("command-missing-tool");
    at.course();
    at.command_exercise("01_a/01_x", &[&["sh", "-c", "no-such-tool --now"]]);
    check(
        &at,
        "environment_broken",
        &["program-missing", "command-failed"],
    )
    .says("`no-such-tool` was not found")
    .never_says("tests fail");
    at.command_exercise("01_a/01_x", &[&["cargo", "no-such-command"]]);
    check(
        &at,
        "environment_broken",
        &["program-missing", "command-failed"],
    )
    .says("cargo has no command `no-such-command`");
    at.command_exercise("01_a/01_x", &[&["cargo", "+no-such-toolchain", "test"]]);
    let (status, rules) = told(&at);
    assert_ne!(status, "solved", "{rules:?}");
}

#[test]
fn a_broken_manifest_in_a_command_is_reported() {
    let at = workshop!("command-broken-manifest");
    at.course().write(
        "exercises/01_a/01_x/Cargo.toml",
        "[package]\nname = \"x\"\nversion = \"0.1.0\"\nedition = \"1999\"\n",
    );
    at.write(".wr.toml", "skip_build = true\n");
    at.command_exercise("01_a/01_x", &[&["cargo", "test"]]);
    check(&at, "does_not_compile", &["cargo-failed", "command-failed"]);
}

#[test]
fn a_failed_command_that_is_not_a_test_fails_no_tests() {
    let at = workshop!("command-no-test");
    at.course().command_exercise("01_a/01_x", &[&["false"]]);
    check(&at, "tests_fail", &["command-failed"])
        .says("a command failed")
        .never_says("tests fail");
}

#[test]
fn the_end_of_a_long_output_is_shown() {
    let at = workshop!("command-long-output");
    at.course();
    let script = "for n in $(seq 1 90); do echo line-$n.; done; exit 3";
    at.command_exercise("01_a/01_x", &[&["sh", "-c", script]]);
    at.wr(["check", "01_x"])
        .run()
        .status(1)
        .says("line-90.")
        .says("line-51.")
        .never_says("line-50.")
        .says("50 earlier lines (`-v` shows all)");
    at.wr(["check", "01_x", "-v"])
        .run()
        .says("line-1.")
        .says("line-90.");
}

//! Machines that lack Python, cargo, or a part of either.

use testkit::{Extension, Invocation, Workshop, python, workshop};

const TOOLS: [&str; 3] = ["cargo", "rustc", "cc"];

/// `wr check` before any setup, with only the programs in this directory.
fn check(at: &Workshop, exercise: &str, programs: &std::path::Path) -> Invocation {
    at.folder("home");
    at.wr(["check", exercise])
        .own_state()
        .path([programs])
        .without_version_managers(&at.path("home"))
}

fn pure_python(at: &Workshop) {
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n");
}

#[test]
fn no_python() {
    let at = workshop!("no-python");
    pure_python(&at);
    let outcome = check(&at, "01_x", &at.only("bin", &TOOLS)).run();
    outcome
        .status(1)
        .says("no Python interpreter was found")
        .says("install CPython 3.11 or newer")
        .never_says("panicked");
}

#[test]
fn a_python_that_does_not_run() {
    let at = workshop!("broken-python");
    pure_python(&at);
    let bin = at.script(
        "bin",
        "python3",
        "echo 'cannot find the standard library' >&2\nexit 1",
    );
    let outcome = check(&at, "01_x", &bin).run();
    outcome
        .status(1)
        .says(&bin.join("python3").display().to_string())
        .says("cannot find the standard library");
}

#[test]
fn a_python_that_is_too_old_for_wr() {
    let at = workshop!("old-python");
    pure_python(&at);
    let real = python();
    // The real interpreter, describing itself as if it were that old.
    let bin = at.script(
        "bin",
        "python3",
        &format!(
            "\"{}\" \"$@\" | /usr/bin/sed 's/\"version\": \\[3, [0-9]*/\"version\": [3, 8/'",
            real.display()
        ),
    );
    let outcome = check(&at, "01_x", &bin).run();
    outcome
        .status(1)
        .says("CPython 3.11 or newer")
        .says("CPython 3.8")
        .says(&real.display().to_string())
        .says("help: install a suitable version");
}

#[test]
fn a_python_without_ensurepip() {
    let at = workshop!("no-ensurepip");
    pure_python(&at);
    let real = python();
    let bin = at.script(
        "bin",
        "python3",
        &format!(
            "\"{}\" \"$@\" | /usr/bin/sed 's/\"has_ensurepip\": true/\"has_ensurepip\": false/'",
            real.display()
        ),
    );
    let outcome = check(&at, "01_x", &bin).run();
    outcome
        .status(1)
        .says("its `ensurepip` isn't installed")
        .says("sudo apt install python3.")
        .says("-venv");
}

#[test]
fn missing_cargo_is_noticed_before_the_setup() {
    let at = workshop!("no-cargo");
    let extension = Extension::named_after(&at);
    at.course();
    extension.put_into(&at);
    let outcome = check(&at, &extension.id, &at.only("bin", &["python3"])).run();
    outcome
        .status(1)
        .says("`cargo` was not found")
        .says("https://rustup.rs");
    assert!(!at.path(".wr/venv").exists(), "{}", outcome.account());
}

#[test]
fn no_cargo_for_a_course_that_builds_first() {
    let at = workshop!("no-cargo-for-commands");
    at.course()
        .rust_exercise("01_a/01_x")
        .command_exercise("01_a/01_x", &[&["true"]]);
    let outcome = check(&at, "01_x", &at.only("bin", &["true"])).run();
    outcome.status(1).says("`cargo` was not found");
}

#[test]
fn nothing_at_all_on_path() {
    let at = workshop!("no-path");
    at.course().rust_exercise("01_a/01_x");
    let outcome = at.wr(["check", "01_x"]).without("PATH").own_state().run();
    outcome.status(1).says("`cargo` was not found");
    at.wr(["list"]).without("PATH").run().status(0);
}

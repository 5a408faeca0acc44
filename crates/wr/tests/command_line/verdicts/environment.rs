//! Machines that lack something.

use testkit::workshop;

use super::Gist;

#[test]
fn a_missing_cargo_is_about_the_machine() {
    let at = workshop!("machine-no-cargo");
    at.course().rust_exercise("01_a/01_x");
    let only = at.only("bin", &["python3", "cc"]);
    let outcome = at
        .wr(["check", "01_x", "--format", "json"])
        .path([only])
        .run();
    Gist::of(&outcome.status(1).verdict())
        .is("environment_broken", "program-missing", "")
        .mentions("https://rustup.rs");
}

#[test]
fn a_missing_linker_is_about_the_machine() {
    let at = workshop!("machine-no-linker");
    at.course().rust_exercise("01_a/01_x");
    let only = at.only("bin", &["cargo", "rustc"]);
    let state = at.path("state");
    let outcome = at
        .wr(["check", "01_x", "--format", "json"])
        .path([only])
        .env("WR_STATE_DIR", state)
        .run();
    Gist::of(&outcome.status(1).verdict())
        .is("environment_broken", "linker-missing", "")
        .mentions("build-essential");
}

#[test]
fn a_requested_python_that_does_not_exist() {
    let at = workshop!("machine-no-such-python");
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n");
    let args = [
        "check",
        "01_x",
        "--format",
        "json",
        "--python",
        "python3.99",
    ];
    let outcome = at.wr(args).run();
    Gist::of(&outcome.status(1).verdict())
        .is("environment_broken", "no-interpreter", "")
        .mentions("`python3.99` was found");
}

#[test]
fn a_python_too_old_for_the_exercise() {
    let at = workshop!("machine-old-python");
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n");
    at.write(
        "exercises/01_a/01_x/pyproject.toml",
        "[project]\nname = \"x\"\nversion = \"1\"\nrequires-python = \">=3.99\"\n",
    );
    let outcome = at.wr(["check", "01_x", "--format", "json"]).run();
    Gist::of(&outcome.status(1).verdict())
        .is(
            "environment_broken",
            "interpreter-too-old",
            "pyproject.toml:null",
        )
        .mentions(">=3.99")
        .mentions("/bin/python");
}

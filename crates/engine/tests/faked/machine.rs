//! A problem of the machine is reported as such, and never as a problem of the code.

use crate::bench::{Bench, gist, steps};

/// `EACCES`, `EAGAIN`.
const DENIED: i32 = 13;
const NO_MORE_PROCESSES: i32 = 11;

#[test]
fn no_interpreter() {
    let bench = Bench::python();
    bench.world.delete("/bin/python3");
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["environment_broken", "no-interpreter"]);
    assert_eq!(bench.world.take_starts(), [""; 0]);
}

#[test]
fn an_interpreter_that_is_too_old() {
    let bench = Bench::python();
    bench.python.version([3, 10, 9]);
    let verdict = bench.verify();
    assert_eq!(
        gist(&verdict),
        ["environment_broken", "interpreter-too-old"]
    );
    assert_eq!(steps(&verdict), ["environment"]);
}

#[test]
fn an_interpreter_older_than_the_project_asks_for() {
    let bench = Bench::extension();
    let manifest = "[project]\nname = \"fast\"\nversion = \"1\"\nrequires-python = \">=3.13\"\n";
    bench.world.settle("/w/fast/pyproject.toml", manifest);
    let verdict = bench.verify();
    assert_eq!(
        gist(&verdict),
        ["environment_broken", "interpreter-too-old"]
    );
    let starts = bench.world.take_starts();
    assert!(
        starts.iter().all(|start| !start.starts_with("cargo")),
        "{starts:?}"
    );
}

#[test]
fn an_interpreter_that_cannot_be_started() {
    let bench = Bench::python();
    bench.world.refuse("python3", DENIED);
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["environment_broken", "no-interpreter"]);
}

#[test]
fn a_missing_cargo_is_reported_before_the_environment_is_created() {
    for bench in [Bench::extension(), Bench::rust()] {
        bench.world.delete("/bin/cargo");
        let verdict = bench.verify();
        assert_eq!(gist(&verdict), ["environment_broken", "program-missing"]);
        assert_eq!(bench.world.take_starts(), [""; 0]);
    }
}

#[test]
fn a_cargo_that_cannot_be_started() {
    for errno in [DENIED, NO_MORE_PROCESSES] {
        let bench = Bench::rust();
        bench.world.refuse("cargo", errno);
        let verdict = bench.verify();
        assert_eq!(gist(&verdict), ["environment_broken", "cargo-failed"]);
    }
}

#[test]
fn a_harness_that_cannot_be_started_says_why() {
    let bench = Bench::python();
    bench.settle();
    bench.world.settle("/w/fast/test_it.py", "a = 1\n");
    bench.world.refuse("python", DENIED);
    let verdict = bench.verify();
    assert_eq!(verdict.status.name(), "environment_broken");
    let shown = format!("{:?}", verdict.diagnostics);
    assert!(shown.contains("Permission denied"), "{shown}");
}

#[test]
fn compile_errors_come_before_a_harness_that_cannot_be_started() {
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn\n");
    bench.world.refuse("python", DENIED);
    bench.world.program("cargo", crate::cargo::refuses);
    assert_eq!(gist(&bench.verify())[0], "does_not_compile");
}

#[test]
fn a_rust_test_program_that_cannot_be_started_is_not_blamed_on_pytest() {
    let bench = Bench::rust();
    bench.world.refuse("unit-1", DENIED);
    let verdict = bench.verify();
    assert_eq!(verdict.status.name(), "environment_broken");
    let shown = format!("{:?}", verdict.diagnostics);
    assert!(
        shown.contains("Permission denied") && !shown.contains("pytest"),
        "{shown}"
    );
}

#[test]
fn a_full_disk_while_the_environment_is_created() {
    let bench = Bench::python();
    bench.world.fill("/w/.wr/venv");
    let verdict = bench.verify();
    assert_eq!(
        gist(&verdict),
        ["environment_broken", "no-space"],
        "{verdict:#?}"
    );
}

#[test]
fn a_full_disk_while_wrs_own_files_are_written() {
    for dir in [
        "/w/.wr/harness",
        "/w/.wr/pyo3",
        "/w/.wr/run/fast-123a338b95f0/cpython-312-x86_64-linux-gnu/modules",
    ] {
        let bench = Bench::extension();
        bench.world.fill(dir);
        let verdict = bench.verify();
        assert_eq!(gist(&verdict), ["environment_broken", "no-space"], "{dir}");
    }
}

#[test]
fn a_full_disk_while_cargo_writes() {
    let bench = Bench::rust();
    bench.world.program("cargo", |_, _| {
        let program = crate::world::Behaviour::new();
        program
            .err("error: failed to write: No space left on device (os error 28)")
            .exit(101)
    });
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["environment_broken", "no-space"]);
}

#[test]
fn a_full_disk_while_a_verdict_is_remembered_loses_only_the_record() {
    let bench = Bench::python();
    bench.settle();
    bench.world.settle("/w/fast/test_it.py", "a = 1\n");
    bench.world.fill("/w/.wr");
    assert!(bench.verify().is_solved());
    bench.world.take_calls();
    assert!(!bench.verify().remembered);
}

#[test]
fn a_failed_installation_is_reported_with_its_output_and_tried_again() {
    let bench = Bench::python();
    let pip = |_: &crate::world::World, _: &wr_engine::Command| {
        let program = crate::world::Behaviour::new().wait(100);
        program
            .err("ERROR: No matching distribution found for pytest")
            .exit(1)
    };
    bench.world.program("python", pip);
    let verdict = bench.verify();
    assert_eq!(
        gist(&verdict),
        ["environment_broken", "packages-not-installed"]
    );
    crate::python::Python::install(&bench.world);
    assert!(bench.verify().is_solved());
}

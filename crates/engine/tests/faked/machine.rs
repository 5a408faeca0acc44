//! What the machine lacks is told as such, and never as a fault of the code.

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
fn no_cargo_is_told_before_the_environment_is_made() {
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
    let told = format!("{:?}", verdict.diagnostics);
    assert!(told.contains("Permission denied"), "{told}");
}

#[test]
fn the_compiler_s_word_comes_before_that_of_a_harness_that_cannot_be_started() {
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn\n");
    bench.world.refuse("python", DENIED);
    bench.world.program("cargo", crate::cargo::refuses);
    assert_eq!(gist(&bench.verify())[0], "does_not_compile");
}

#[test]
fn a_rust_test_program_that_cannot_be_started_is_not_pytest_s_fault() {
    let bench = Bench::rust();
    bench.world.refuse("unit-1", DENIED);
    let verdict = bench.verify();
    assert_eq!(verdict.status.name(), "environment_broken");
    let told = format!("{:?}", verdict.diagnostics);
    assert!(
        told.contains("Permission denied") && !told.contains("pytest"),
        "{told}"
    );
}

#[test]
fn a_full_disk_while_the_environment_is_made() {
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
fn a_full_disk_while_files_of_ours_are_written() {
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
        let said = crate::world::Behaviour::new();
        said.err("error: failed to write: No space left on device (os error 28)")
            .exit(101)
    });
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["environment_broken", "no-space"]);
}

#[test]
fn a_full_disk_while_a_verdict_is_remembered_costs_only_the_memory() {
    let bench = Bench::python();
    bench.settle();
    bench.world.settle("/w/fast/test_it.py", "a = 1\n");
    bench.world.fill("/w/.wr");
    assert!(bench.verify().is_solved());
    bench.world.take_deeds();
    assert!(!bench.verify().remembered);
}

#[test]
fn an_installation_that_fails_is_told_with_its_words_and_tried_again() {
    let bench = Bench::python();
    let pip = |_: &crate::world::World, _: &engine::Command| {
        let said = crate::world::Behaviour::new().wait(100);
        said.err("ERROR: No matching distribution found for pytest")
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

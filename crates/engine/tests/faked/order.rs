//! The steps for each kind of subject, their order, and what is left out after a failure.

use std::time::Duration;

use wr_engine::System;

use crate::bench::{Bench, gist, steps};
use crate::cargo;
use crate::python::Pytest;
use crate::world::Call;

/// The programs that were started, without their arguments.
fn programs(bench: &Bench) -> Vec<String> {
    let starts = bench.world.take_starts();
    let name = |start: &String| {
        let program = start.split(' ').next().unwrap_or_default();
        program.rsplit('/').next().unwrap_or_default().to_owned()
    };
    starts.iter().map(name).collect()
}

#[test]
fn an_extension_is_built_inspected_exposed_and_tested() {
    let bench = Bench::extension_with_rust_tests();
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["solved", ""], "{verdict:#?}");
    let all = [
        "environment",
        "build",
        "inspect",
        "expose",
        "rust_tests",
        "python_tests",
    ];
    assert_eq!(steps(&verdict), all);
    assert_eq!(verdict.tests.len(), 2);
}

#[test]
fn the_harness_starts_before_cargo_and_runs_only_when_the_library_is_in_place() {
    let bench = Bench::extension();
    bench.verify();
    let calls = bench.world.take_calls();
    let at = |text: &str| {
        let is_it = |call: &Call| match call {
            Call::Spawned(_, line) | Call::Sent(_, line) => line.contains(text),
            _ => false,
        };
        calls.iter().position(is_it).expect(text)
    };
    let cargo_ended = calls
        .iter()
        .rposition(|call| matches!(call, Call::Exited(_)));
    assert!(at("wr_harness") < at("cargo build"), "{calls:#?}");
    assert!(at("\"prepare\"") < at("cargo build"), "{calls:#?}");
    assert!(cargo_ended < Some(at("\"go\"")), "{calls:#?}");
    let exposed = "/w/.wr/run/fast-123a338b95f0/cpython-312-x86_64-linux-gnu/modules/fast/fast.cpython-312-x86_64-linux-gnu.so";
    let library = bench.world.text(exposed.as_ref());
    assert_eq!(library.as_deref(), Some("a library"));
}

/// A library of many megabytes isn't copied again after an edit of a test, but it is if either side has changed.
#[test]
fn a_library_is_copied_again_only_when_it_or_its_copy_has_changed() {
    let exposed = "/w/.wr/run/fast-123a338b95f0/cpython-312-x86_64-linux-gnu/modules/fast/fast.cpython-312-x86_64-linux-gnu.so";
    let bench = Bench::extension();
    let mut engine = bench.engine();
    let mut stamp_after = |file: &str, text: &str| {
        bench.world.settle(file, text);
        assert!(bench.verify_with(&mut engine).is_solved());
        assert_eq!(
            bench.world.text(exposed.as_ref()).as_deref(),
            Some("a library")
        );
        bench.world.stamp(exposed.as_ref())
    };
    let first = stamp_after("/w/fast/test_it.py", "a = 1\n");
    assert_eq!(stamp_after("/w/fast/test_it.py", "a = 2\n"), first);
    // A test that overwrites the module doesn't keep its version.
    bench.world.settle(exposed, "another");
    let second = stamp_after("/w/fast/test_it.py", "a = 3\n");
    assert_ne!(second, first);
    assert_ne!(stamp_after("/w/fast/src/lib.rs", "fn g() {}\n"), second);
}

/// A `wr check` during a `wr watch` puts the same library in the same place.
#[test]
fn a_file_another_wr_is_writing_is_left_alone_but_a_leftover_is_removed() {
    let unfinished =
        "/w/.wr/run/fast-123a338b95f0/cpython-312-x86_64-linux-gnu/modules/fast/.wr-1a2b3c";
    let bench = Bench::extension();
    bench.world.save(unfinished, "half a lib");
    assert!(bench.verify().is_solved());
    assert!(bench.world.text(unfinished.as_ref()).is_some());
    bench.world.pass(Duration::from_mins(2));
    bench.world.settle("/w/fast/test_it.py", "a = 1\n");
    assert!(bench.verify().is_solved());
    assert!(bench.world.text(unfinished.as_ref()).is_none());
}

#[test]
fn a_crate_runs_its_tests_and_then_its_doctests_without_python() {
    let bench = Bench::rust();
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["solved", ""], "{verdict:#?}");
    assert_eq!(steps(&verdict), ["build", "rust_tests"]);
    assert_eq!(programs(&bench), ["cargo", "unit-1", "cargo"]);
}

#[test]
fn doctests_do_not_run_after_failed_tests() {
    let bench = Bench::rust();
    bench.world.program("unit-1", |_, _| {
        crate::world::Behaviour::new()
            .out("running 1 test")
            .out("test tests::adds ... FAILED")
            .out("test result: FAILED. 0 passed; 1 failed")
            .exit(101)
    });
    assert_eq!(gist(&bench.verify())[0], "tests_fail");
    assert_eq!(programs(&bench), ["cargo", "unit-1"]);
}

#[test]
fn python_alone_starts_no_cargo() {
    let bench = Bench::python();
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["solved", ""], "{verdict:#?}");
    assert_eq!(steps(&verdict), ["environment", "python_tests"]);
    assert!(!programs(&bench).contains(&"cargo".to_owned()));
}

#[test]
fn code_that_does_not_compile_is_neither_exposed_nor_tested() {
    let bench = Bench::extension_with_rust_tests();
    bench.world.program("cargo", cargo::refuses);
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["does_not_compile", "compile-error"]);
    assert_eq!(steps(&verdict), ["environment", "build"]);
    let calls = bench.world.take_calls();
    let ran = |call: &Call| match call {
        Call::Sent(_, line) => line.contains("\"go\""),
        Call::Spawned(_, command) => command.contains("unit-1"),
        _ => false,
    };
    assert!(!calls.iter().any(ran), "{calls:#?}");
    assert!(
        bench
            .world
            .text("/w/.wr/run/fast-123a338b95f0/cpython-312-x86_64-linux-gnu/modules/fast/__init__.py".as_ref())
            .is_none()
    );
}

#[test]
fn a_library_that_the_inspector_rejects_is_neither_exposed_nor_tested() {
    let bench = Bench::extension();
    bench.world.program("cargo", cargo::builds_as("!<arch>\n"));
    let verdict = bench.verify();
    assert_eq!(verdict.status.name(), "does_not_import", "{verdict:#?}");
    assert_eq!(steps(&verdict), ["environment", "build", "inspect"]);
    assert!(
        bench
            .world
            .text("/w/.wr/run/fast-123a338b95f0/cpython-312-x86_64-linux-gnu/modules/fast/__init__.py".as_ref())
            .is_none()
    );
    let went = |call: &Call| matches!(call, Call::Sent(_, line) if line.contains("\"go\""));
    assert!(!bench.world.take_calls().iter().any(went));
}

#[test]
fn python_tests_run_after_failed_rust_tests_and_both_are_reported() {
    let bench = Bench::extension_with_rust_tests();
    bench.world.program("unit-1", |_, _| {
        crate::world::Behaviour::new()
            .out("running 1 test")
            .out("test tests::adds ... FAILED")
            .out("test result: FAILED. 0 passed; 1 failed")
            .exit(101)
    });
    bench.python.next_run(Pytest::fails());
    let verdict = bench.verify();
    assert_eq!(verdict.status.name(), "tests_fail");
    assert_eq!(verdict.tests.len(), 2, "{verdict:#?}");
}

#[test]
fn pyo3s_configuration_names_the_stable_abi_if_pyo3_needs_it() {
    let shown = |pyo3: &str| {
        let bench = Bench::extension();
        let manifest = "[package]\nname = \"fast\"\n[lib]\ncrate-type = [\"cdylib\"]\n[dependencies]\n\
                        pyo3 = { version = \"0\", features = [\"abi3-py39\"] }\n";
        let lock = format!("[[package]]\nname = \"pyo3-ffi\"\nversion = \"{pyo3}\"\n");
        bench.world.save("/w/fast/Cargo.toml", manifest);
        bench.world.save("/w/fast/Cargo.lock", &lock);
        bench.verify();
        let build = bench.world.last_command("cargo").unwrap();
        let file = &build.env[std::ffi::OsStr::new("PYO3_CONFIG_FILE")];
        bench.world.text(file.as_ref()).unwrap()
    };
    let new = shown("0.23.5");
    assert!(
        new.contains("version=3.12") && !new.contains("abi3"),
        "{new}"
    );
    let old = shown("0.22.6");
    assert!(old.contains("version=3.9\nabi3=true\n"), "{old}");
}

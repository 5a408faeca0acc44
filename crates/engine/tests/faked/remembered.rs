//! A verdict is reused only if nothing that it depends on has changed.

use std::time::Duration;

use wr_engine::Memory;

use crate::bench::{Bench, gist, is_verified_again, passing_tests};
use crate::cargo;
use crate::python::{End, Pytest, finished, read, test};
use crate::world::Behaviour;

#[test]
fn an_unchanged_subject_starts_no_process() {
    for bench in [
        Bench::extension_with_rust_tests(),
        Bench::python(),
        Bench::rust(),
    ] {
        bench.settle();
        let verdict = bench.verify();
        assert!(verdict.remembered && verdict.is_solved());
        assert_eq!(bench.world.take_starts(), [""; 0]);
    }
}

#[test]
fn a_file_that_was_only_touched_changes_nothing() {
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn f() {}\n");
    assert!(bench.verify().remembered);
    assert_eq!(bench.world.take_starts(), [""; 0]);
}

#[test]
fn failures_are_remembered_with_all_details() {
    let bench = Bench::python();
    bench.settle();
    bench.world.settle("/w/fast/test_it.py", "a = 1\n");
    bench.python.next_run(Pytest::fails());
    let found = bench.verify();
    bench.world.take_calls();
    let again = bench.verify();
    assert!(again.remembered);
    assert_eq!(
        (found.status, &found.diagnostics),
        (again.status, &again.diagnostics)
    );
    assert_eq!(bench.world.take_starts(), [""; 0]);
}

#[test]
fn every_file_that_an_extension_depends_on_counts() {
    let files = [
        "/w/fast/src/lib.rs",
        "/w/fast/src/new.rs",
        "/w/fast/test_it.py",
        "/w/fast/data.csv",
        "/w/fast/Cargo.toml",
        "/w/fast/pytest.ini",
        "/w/Cargo.lock",
        "/w/Cargo.toml",
        "/w/rust-toolchain.toml",
        "/w/.cargo/config.toml",
        "/bin/cargo",
        "/bin/rustc",
        "/bin/cc",
        "/home/.cargo/config.toml",
        "/home/.rustup/settings.toml",
        "/w/.wr/venv/3.12-ab2d0930/bin/python",
        "/w/.wr/venv/3.12-ab2d0930/lib/python3.12/site-packages/by_hand/__init__.py",
    ];
    for file in files {
        let bench = Bench::extension();
        bench.settle();
        let before = bench.world.text(file.as_ref()).unwrap_or_default();
        bench.world.settle(file, &format!("{before}\n# changed\n"));
        is_verified_again(&bench, file);
    }
}

#[test]
fn every_file_that_python_tests_depend_on_counts() {
    for file in [
        "/w/fast/test_it.py",
        "/w/fast/sample.json",
        "/w/conftest.py",
        "/w/pytest.ini",
    ] {
        let bench = Bench::python();
        bench.settle();
        bench.world.settle(file, "# changed\n");
        is_verified_again(&bench, file);
    }
}

#[test]
fn a_deleted_file_counts() {
    let bench = Bench::extension();
    bench.world.settle("/w/fast/data.csv", "1,2\n");
    bench.settle();
    bench.world.delete("/w/fast/data.csv");
    is_verified_again(&bench, "a deleted file");
}

#[test]
fn an_interpreter_upgraded_in_place_counts() {
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/bin/python3", "a newer Python");
    is_verified_again(&bench, "the interpreter");
}

#[test]
fn every_variable_of_a_run_counts() {
    let mut bench = Bench::extension();
    bench.settle();
    for name in ["_", "OLDPWD", "PWD", "WR_LOG"] {
        bench.settings.env.insert(name.into(), "/other".into());
        assert!(bench.verify().remembered, "{name}");
    }
    for name in ["TERM", "COLUMNS", "NO_COLOR", "SHLVL", "RUSTFLAGS"] {
        bench.settings.env.insert(name.into(), "7".into());
        is_verified_again(&bench, name);
    }
}

#[test]
fn every_relevant_setting_counts() {
    let mut bench = Bench::extension();
    bench.settle();
    bench.settings.memory_limit = Some(1 << 30);
    is_verified_again(&bench, "the memory limit");
    bench.settings.time_limit = Some(Duration::from_secs(5));
    is_verified_again(&bench, "the time limit");
}

/// Only Python knows which files its tests read.
#[test]
fn files_that_the_tests_read_count() {
    let far = "/elsewhere/words.txt";
    let of =
        |files: &[&str]| Pytest::of([test("passed"), read(files), finished(0)], End::Status(0));
    let bench = Bench::extension();
    bench.world.settle(far, "one\n");
    for _ in 0..2 {
        bench.python.next_run(of(&[far, "/elsewhere/absent.txt"]));
    }
    bench.settle();
    assert!(bench.verify().remembered);
    for (file, text) in [(far, "two\n"), ("/elsewhere/absent.txt", "")] {
        bench.world.settle(file, text);
        bench.python.next_run(of(&[far, "/elsewhere/absent.txt"]));
        is_verified_again(&bench, file);
        assert!(bench.verify().remembered, "{file}");
    }
    bench.world.delete(far);
    is_verified_again(&bench, "a file that is gone");
}

#[test]
fn a_run_with_unknown_inputs_is_not_remembered() {
    let unseen = serde_json::json!({"event": "read", "files": [], "directories": [], "unseen": ["it starts programs"]});
    for events in [
        vec![test("passed"), unseen, finished(0)],
        vec![test("passed"), finished(0)],
    ] {
        let bench = Bench::extension();
        for _ in 0..2 {
            let run = Pytest::of(events.clone(), End::Status(0));
            bench.python.next_run(run);
        }
        bench.settle();
        is_verified_again(&bench, "an unknown input");
    }
}

#[test]
fn another_runner_and_another_limit_count() {
    let mut bench = Bench::extension();
    bench.settle();
    bench.settings.runner = "wr 2".to_owned();
    is_verified_again(&bench, "the runner");
    let mut bench = Bench::python();
    bench.settle();
    bench.settings.time_limit = Some(Duration::from_secs(1));
    is_verified_again(&bench, "the time limit");
    let mut bench = Bench::python();
    bench.settle();
    bench.memory_limit = Some(1);
    is_verified_again(&bench, "the memory limit");
}

#[test]
fn memory_can_be_ignored() {
    let mut bench = Bench::python();
    bench.settle();
    bench.settings.memory = Memory::Ignored;
    is_verified_again(&bench, "without memory");
}

#[test]
fn a_change_of_only_python_code_does_not_start_cargo() {
    let bench = Bench::extension();
    bench.settle();
    bench
        .world
        .settle("/w/fast/test_it.py", "def test_b(): ...\n");
    let verdict = bench.verify();
    assert!(verdict.is_solved() && !verdict.remembered);
    let starts = bench.world.take_starts();
    assert!(
        starts.iter().all(|start| !start.starts_with("cargo")),
        "{starts:#?}"
    );
    assert_eq!(starts.len(), 1, "{starts:#?}");
}

#[test]
fn a_file_saved_while_cargo_ran_is_built_again() {
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn one() {}\n");
    // Saved in the middle of the build, which may or may not have read it already.
    bench.world.after(Duration::from_millis(100), |world| {
        world.save("/w/fast/src/lib.rs", "fn two() {}\n");
    });
    assert!(bench.verify().is_solved());
    assert!(!bench.world.keeps("build.json"));
    bench.world.pass(Duration::from_secs(5));
    bench.world.take_calls();
    assert!(!bench.verify().remembered);
    let starts = bench.world.take_starts();
    assert!(
        starts.iter().any(|start| start.starts_with("cargo")),
        "{starts:#?}"
    );
}

#[test]
fn a_second_save_within_one_step_of_the_clock_counts() {
    let bench = Bench::python();
    bench.settle();
    bench
        .world
        .save("/w/fast/test_it.py", "def test_x(): ...\n");
    bench.verify();
    // Neither the size nor the time shows it.
    bench
        .world
        .slip("/w/fast/test_it.py", "def test_y(): ...\n");
    is_verified_again(&bench, "a second save of the same size");
}

#[test]
fn a_file_in_a_parent_saved_while_tests_ran_counts() {
    let bench = Bench::python();
    bench.world.settle("/w/conftest.py", "a = 1\n");
    bench.settle();
    bench
        .world
        .settle("/w/fast/test_it.py", "def test_b(): ...\n");
    bench.world.after(Duration::from_millis(200), |world| {
        world.save("/w/conftest.py", "a = 2\n");
    });
    bench.verify();
    bench.world.pass(Duration::from_secs(5));
    is_verified_again(&bench, "a conftest.py above");
}

#[test]
fn crashes_and_problems_of_the_machine_are_not_remembered() {
    let bench = Bench::rust();
    bench
        .world
        .program("unit-1", |_, _| Behaviour::new().die(11));
    assert_eq!(gist(&bench.verify())[0], "crashed");
    bench.world.program("unit-1", |_, _| passing_tests());
    assert!(bench.verify().is_solved());
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn g() {}\n");
    bench.world.refuse("cargo", 13);
    assert_eq!(gist(&bench.verify())[0], "environment_broken");
    is_verified_again(&bench, "a broken machine");
}

#[test]
fn a_compile_error_is_compiled_again() {
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn\n");
    bench.world.program("cargo", cargo::refuses);
    assert_eq!(gist(&bench.verify())[0], "does_not_compile");
    // After an error it isn't known what the compiler read, so the fix may be anywhere.
    bench.world.program("cargo", cargo::builds);
    assert!(bench.verify().is_solved());
}

#[test]
fn a_damaged_record_is_ignored() {
    let bench = Bench::extension();
    bench.settle();
    for file in ["verdict.json", "build.json"] {
        let file = bench.world.kept(file).display().to_string();
        bench.world.settle(&file, "{\"key\":");
    }
    is_verified_again(&bench, "damage");
}

//! What a verdict depends on apart from the files in the subject's directory, and what may change during the run.

use std::time::Duration;

use serde_json::json;
use wr_engine::{Memory, Status, Verdict};

use crate::bench::{Bench, gist, is_verified_again, steps};
use crate::cargo;
use crate::python::{End, Pytest, finished, test};

const CORE: &str = "/w/core/src/lib.rs";

/// The status and the code of the first finding.
fn outcome(verdict: &Verdict) -> (Status, String) {
    let first = verdict.diagnostics.first();
    let code = first.map(|finding| finding.code.to_string());
    (verdict.status, code.unwrap_or_default())
}

/// An extension with a path dependency.
fn with_a_path_dependency() -> Bench {
    let bench = Bench::extension();
    let world = &bench.world;
    world.save("/w/core/Cargo.toml", "[package]\nname = \"core\"\n");
    world.save(CORE, "fn seven() {}\n");
    let manifest = world
        .text("/w/fast/Cargo.toml".as_ref())
        .expect("it is there");
    let manifest = format!("{manifest}core = {{ path = \"../core\" }}\n");
    world.settle("/w/fast/Cargo.toml", &manifest);
    bench
}

#[test]
fn a_path_dependency_that_was_just_saved_counts() {
    let bench = with_a_path_dependency();
    bench.settle();
    assert!(bench.verify().remembered);
    bench.world.save(CORE, "fn nine() {}\n");
    bench.python.next_run(Pytest::fails());
    assert_eq!(gist(&bench.verify())[0], "tests_fail");
    bench.world.save(CORE, "fn seven() {}\n");
    is_verified_again(&bench, "the dependency, fixed");
    bench.world.save(CORE, "fn five() {}\n");
    is_verified_again(&bench, "the dependency, changed again");
}

#[test]
fn a_broken_path_dependency_counts_when_it_is_fixed() {
    let bench = with_a_path_dependency();
    bench.settle();
    bench.world.settle(CORE, "fn\n");
    bench.world.program("cargo", cargo::refuses);
    assert_eq!(gist(&bench.verify())[0], "does_not_compile");
    bench.world.program("cargo", cargo::builds);
    bench.world.settle(CORE, "fn eight() {}\n");
    is_verified_again(&bench, "the dependency, fixed");
}

#[test]
fn a_workspace_may_name_the_path_of_a_dependency() {
    let bench = with_a_path_dependency();
    let world = &bench.world;
    let manifest = world
        .text("/w/fast/Cargo.toml".as_ref())
        .expect("it is there");
    world.save(
        "/w/Cargo.toml",
        "[workspace]\n[workspace.dependencies]\ncore = { path = \"core\" }\n",
    );
    let inherited = manifest.replace("path = \"../core\"", "workspace = true");
    world.settle("/w/fast/Cargo.toml", &inherited);
    world.program("cargo", cargo::refuses);
    bench.verify();
    bench.world.pass(Duration::from_secs(5));
    assert_eq!(gist(&bench.verify())[0], "does_not_compile");
    bench.world.program("cargo", cargo::builds);
    bench.world.settle(CORE, "fn eight() {}\n");
    is_verified_again(&bench, "a dependency of the workspace");
}

#[test]
fn what_a_build_script_reads_is_not_known() {
    let bench = with_a_path_dependency();
    bench.world.settle("/w/fast/build.rs", "fn main() {}\n");
    bench.settle();
    bench.world.settle(CORE, "fn nine() {}\n");
    is_verified_again(&bench, "the dependency of a crate with a build script");
}

#[test]
fn a_file_included_from_elsewhere_may_be_missing() {
    let bench = Bench::extension();
    bench.settle();
    bench
        .world
        .settle("/w/fast/src/lib.rs", "include!(\"../../made.rs\");\n");
    bench.world.program("cargo", cargo::refuses);
    assert_eq!(gist(&bench.verify())[0], "does_not_compile");
    bench.world.program("cargo", cargo::builds);
    bench.world.settle("/w/made.rs", "fn f() {}\n");
    is_verified_again(&bench, "the file that was missing");
}

#[test]
fn a_file_that_was_changed_while_tests_ran_and_changed_back_counts() {
    for bench in [Bench::python(), Bench::extension(), Bench::rust()] {
        bench.world.settle("/w/fast/data.csv", "1,2\n");
        bench.settle();
        bench.world.settle("/w/fast/data.csv", "1,3\n");
        // In the middle of the run, which has read it by then.
        bench.world.after(Duration::from_millis(150), |world| {
            world.save("/w/fast/data.csv", "1,2\n");
        });
        assert!(!bench.verify().remembered);
        bench.world.settle("/w/fast/data.csv", "1,3\n");
        is_verified_again(&bench, "a file changed while the tests ran");
    }
}

#[test]
fn a_file_that_was_changed_and_changed_back_while_tests_ran_counts() {
    let bench = Bench::python();
    bench.world.settle("/w/fast/data.csv", "1,2\n");
    bench.settle();
    bench.world.settle("/w/fast/data.csv", "1,3\n");
    for (after, text) in [(100, "1,2\n"), (200, "1,3\n")] {
        bench
            .world
            .after(Duration::from_millis(after), move |world| {
                world.save("/w/fast/data.csv", text);
            });
    }
    bench.verify();
    bench.world.pass(Duration::from_secs(5));
    is_verified_again(&bench, "a file that was temporarily different");
}

/// The files above a subject where cargo, pytest and the tools look for their settings.
const ABOVE: [&str; 15] = [
    "/w/Cargo.toml",
    "/w/Cargo.lock",
    "/w/rust-toolchain",
    "/w/rust-toolchain.toml",
    "/w/.cargo/config",
    "/w/.cargo/config.toml",
    "/w/conftest.py",
    "/w/pytest.toml",
    "/w/.pytest.toml",
    "/w/pytest.ini",
    "/w/.pytest.ini",
    "/w/pyproject.toml",
    "/w/tox.ini",
    "/w/setup.cfg",
    "/conftest.py",
];

#[test]
fn every_configuration_in_parents_counts() {
    for file in ABOVE {
        for bench in [Bench::python(), Bench::extension()] {
            bench.settle();
            let before = bench.world.text(file.as_ref()).unwrap_or_default();
            let changed = format!("{before}\n# changed\n");
            bench.world.settle(file, &changed);
            is_verified_again(&bench, file);
            bench.settle();
            bench.world.delete(file);
            is_verified_again(&bench, file);
        }
    }
}

const KILLED: &[&str] = &[
    "error: could not compile `fast` (lib)",
    "Caused by:",
    "  process didn't exit successfully: `rustc --crate-name fast` (signal: 9, SIGKILL: kill)",
];

const CRASHED: &[&str] = &[
    "error: could not compile `fast` (lib)",
    "Caused by:",
    "  process didn't exit successfully: `rustc --crate-name fast` (signal: 11, SIGSEGV: invalid memory reference)",
];

const OFFLINE: &[&str] = &[
    "error: no matching package named `pyo3` found",
    "As a reminder, you're using offline mode (--offline) which can sometimes cause surprising resolution failures",
];

const SCRIPT: &[&str] = &["error: failed to run custom build command for `fast v0.1.0`"];

#[test]
fn a_build_stopped_by_something_else_is_tried_again() {
    for (printed, status) in [
        (KILLED, "environment_broken"),
        (CRASHED, "does_not_compile"),
        (OFFLINE, "environment_broken"),
        (SCRIPT, "does_not_compile"),
    ] {
        for bench in [Bench::extension(), Bench::rust()] {
            bench.settle();
            bench.world.settle("/w/fast/src/lib.rs", "fn g() {}\n");
            bench.world.program("cargo", cargo::fails(printed));
            assert_eq!(
                gist(&bench.verify()),
                [status, "cargo-failed"],
                "{printed:?}"
            );
            is_verified_again(&bench, printed[0]);
        }
    }
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn g() {}\n");
    bench.world.program("cargo", cargo::does_not_link);
    assert_eq!(gist(&bench.verify())[0], "does_not_compile");
    is_verified_again(&bench, "the linker");
}

#[test]
fn an_endless_build_times_out() {
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn g() {}\n");
    bench.world.program("cargo", cargo::hangs);
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["timed_out", "cargo-failed"]);
    let shown = format!("{:?}", verdict.diagnostics);
    assert!(shown.contains("at its time limit of 60 minutes"), "{shown}");
}

#[test]
fn a_build_script_may_have_any_name() {
    for (key, is_script) in [("\"make.rs\"", true), ("false", false)] {
        let bench = Bench::extension();
        let world = &bench.world;
        let manifest = world
            .text("/w/fast/Cargo.toml".as_ref())
            .expect("it is there");
        let named = manifest.replace("[lib]", &format!("build = {key}\n[lib]"));
        world.settle("/w/fast/Cargo.toml", &named);
        world.settle("/w/fast/make.rs", "fn main() {}\n");
        world.settle("/w/fast/build.rs", "fn main() {}\n");
        bench.settle();
        assert_eq!(!bench.verify().remembered, is_script, "{key}");
        bench.world.take_calls();
        bench
            .world
            .settle("/w/fast/test_it.py", "def test_b(): ...\n");
        bench.verify();
        let starts = bench.world.take_starts();
        let asked = starts.iter().any(|start| start.starts_with("cargo"));
        assert_eq!(asked, is_script, "{key}: {starts:#?}");
    }
}

#[test]
fn without_memory_cargo_is_called_too() {
    let mut bench = Bench::extension();
    bench.settle();
    bench.settings.memory = Memory::Ignored;
    assert!(bench.verify().is_solved());
    let starts = bench.world.take_starts();
    let asked = starts.iter().any(|start| start.starts_with("cargo"));
    assert!(asked, "{starts:#?}");
}

#[test]
fn directories_count_by_their_content_not_their_name() {
    for name in ["build", "dist", "venv", "target", "wrong", "site-packages"] {
        let bench = Bench::python();
        let file = format!("/w/fast/{name}/expected.txt");
        bench.world.settle(&file, "7\n");
        bench.settle();
        bench.world.settle(&file, "8\n");
        is_verified_again(&bench, name);
    }
    for mark in ["CACHEDIR.TAG", ".rustc_info.json", "pyvenv.cfg"] {
        let bench = Bench::python();
        bench.world.settle(&format!("/w/fast/made/{mark}"), "");
        bench.world.settle("/w/fast/made/below/noted.txt", "7\n");
        bench.settle();
        bench.world.settle("/w/fast/made/below/noted.txt", "8\n");
        assert!(bench.verify().remembered, "{mark}");
    }
}

#[test]
fn rust_tests_are_found_in_a_module_called_build() {
    let bench = Bench::extension();
    bench
        .world
        .settle("/w/fast/src/build/mod.rs", "#[test]\nfn a() {}\n");
    let verdict = bench.verify();
    assert!(steps(&verdict).contains(&"rust_tests"), "{verdict:#?}");
}

#[test]
fn pytest_decides_which_tests_there_are() {
    let bench = Bench::rust();
    bench
        .world
        .settle("/w/fast/build/lib/test_it.py", "def test_a(): ...\n");
    assert!(!bench.subject().needs_python());
    // No file has a name that pytest collects by default, but pytest finds a test.
    let bench = Bench::extension();
    bench.world.delete("/w/fast/test_it.py");
    let verdict = bench.verify();
    assert_eq!(outcome(&verdict), (Status::Solved, String::new()));
    assert_eq!(verdict.tests.len(), 1);
}

#[test]
fn a_run_without_tests_is_an_error_only_if_tests_are_expected() {
    let none = || Pytest::of([finished(5)], End::Status(5));
    let bench = Bench::extension();
    bench.python.next_run(none());
    assert_eq!(
        outcome(&bench.verify()),
        (Status::TestsFail, "WR0357".to_owned())
    );
    // Without anything that looks like tests, it's a project that has none.
    let bench = Bench::extension();
    bench.world.delete("/w/fast/test_it.py");
    bench.python.next_run(none());
    assert_eq!(
        outcome(&bench.verify()),
        (Status::Solved, "WR0357".to_owned())
    );
    // A pytest configuration shows that there should be some.
    bench.world.settle("/w/fast/pytest.ini", "[pytest]\n");
    bench.python.next_run(none());
    assert_eq!(
        outcome(&bench.verify()),
        (Status::TestsFail, "WR0357".to_owned())
    );
}

#[test]
fn another_module_with_the_extensions_name_is_named_as_the_cause() {
    let bench = Bench::extension();
    let imported = |is_fresh: bool| {
        json!({"event": "imported", "error": null, "found": [
            {"module": "fast", "origin": "/w/fast/tests/fast.py", "is_fresh": is_fresh}]})
    };
    let passing = |is_fresh| {
        Pytest::of(
            [test("passed"), imported(is_fresh), finished(0)],
            End::Status(0),
        )
    };
    bench.python.next_run(passing(false));
    let verdict = bench.verify();
    assert_eq!(
        outcome(&verdict),
        (Status::DoesNotImport, "WR0111".to_owned())
    );
    assert!(verdict.diagnostics[0].message.contains("tests/fast.py"));
    bench.python.next_run(passing(true));
    assert_eq!(outcome(&bench.verify()), (Status::Solved, String::new()));
}

#[test]
fn an_extension_that_no_test_imports_has_to_be_importable() {
    let bench = Bench::extension();
    let imported = json!({"event": "imported", "found": [], "error":
        {"text": "ImportError: no such symbol", "name": "fast", "offered": []}});
    let run = Pytest::of([test("passed"), imported, finished(0)], End::Status(0));
    bench.python.next_run(run);
    assert_eq!(
        outcome(&bench.verify()),
        (Status::DoesNotImport, "WR0355".to_owned())
    );
}

#[test]
fn a_worker_that_crashes_is_a_crash_of_its_test() {
    let bench = Bench::extension();
    let mut crashed = test("failed");
    crashed["when"] = json!("???");
    crashed["text"] = json!("worker 'gw0' crashed while running 'test_it.py::test_a'");
    let run = |end: &str, value: i32| {
        let mut report = crashed.clone();
        report[end] = json!(value);
        Pytest::of([report, finished(1)], End::Status(1))
    };
    bench.python.next_run(run("signal", 11));
    let verdict = bench.verify();
    assert_eq!(outcome(&verdict), (Status::Crashed, "WR0308".to_owned()));
    assert!(
        verdict.diagnostics[0]
            .message
            .contains("in test_it.py::test_a")
    );
    bench.python.next_run(run("status", 3));
    assert_eq!(
        outcome(&bench.verify()),
        (Status::Crashed, "WR0358".to_owned())
    );
}

#[test]
fn a_tree_too_large_to_search_is_not_remembered() {
    let bench = Bench::python();
    for number in 0..4100 {
        bench
            .world
            .save(&format!("/w/fast/many/{number}/x.txt"), "");
    }
    bench.world.pass(Duration::from_secs(5));
    bench.settle();
    is_verified_again(&bench, "a tree that was not searched completely");
}

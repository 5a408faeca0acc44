//! What a verdict rests on besides the files of its own directory, and what of it may change while it is found.

use std::time::Duration;

use engine::Memory;

use crate::bench::{Bench, gist, is_looked_at_again, steps};
use crate::cargo;
use crate::python::Pytest;

const CORE: &str = "/w/core/src/lib.rs";

/// An extension that depends on a crate beside it.
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
fn a_path_dependency_that_was_saved_just_now_counts() {
    let bench = with_a_path_dependency();
    bench.settle();
    assert!(bench.verify().remembered);
    bench.world.save(CORE, "fn nine() {}\n");
    bench.python.next_run(Pytest::fails());
    assert_eq!(gist(&bench.verify())[0], "tests_fail");
    bench.world.save(CORE, "fn seven() {}\n");
    is_looked_at_again(&bench, "the dependency, mended");
    bench.world.save(CORE, "fn five() {}\n");
    is_looked_at_again(&bench, "the dependency, changed again");
}

#[test]
fn a_path_dependency_that_does_not_compile_counts_when_it_is_mended() {
    let bench = with_a_path_dependency();
    bench.settle();
    bench.world.settle(CORE, "fn\n");
    bench.world.program("cargo", cargo::refuses);
    assert_eq!(gist(&bench.verify())[0], "does_not_compile");
    bench.world.program("cargo", cargo::builds);
    bench.world.settle(CORE, "fn eight() {}\n");
    is_looked_at_again(&bench, "the dependency, mended");
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
    is_looked_at_again(&bench, "a dependency of the workspace");
}

#[test]
fn what_a_build_script_reads_is_not_known() {
    let bench = with_a_path_dependency();
    bench.world.settle("/w/fast/build.rs", "fn main() {}\n");
    bench.settle();
    bench.world.settle(CORE, "fn nine() {}\n");
    is_looked_at_again(&bench, "the dependency of a crate with a build script");
}

#[test]
fn what_a_source_includes_from_elsewhere_may_be_missing() {
    let bench = Bench::extension();
    bench.settle();
    bench
        .world
        .settle("/w/fast/src/lib.rs", "include!(\"../../made.rs\");\n");
    bench.world.program("cargo", cargo::refuses);
    assert_eq!(gist(&bench.verify())[0], "does_not_compile");
    bench.world.program("cargo", cargo::builds);
    bench.world.settle("/w/made.rs", "fn f() {}\n");
    is_looked_at_again(&bench, "the file that was missing");
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
        is_looked_at_again(&bench, "what was changed while the tests ran");
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
    is_looked_at_again(&bench, "what was another for a while");
}

/// The files above a subject in which cargo, pytest and the tools look for their settings.
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
fn every_configuration_above_counts() {
    for file in ABOVE {
        for bench in [Bench::python(), Bench::extension()] {
            bench.settle();
            let before = bench.world.text(file.as_ref()).unwrap_or_default();
            let changed = format!("{before}\n# changed\n");
            bench.world.settle(file, &changed);
            is_looked_at_again(&bench, file);
            bench.settle();
            bench.world.delete(file);
            is_looked_at_again(&bench, file);
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
fn what_stops_a_build_besides_the_compiler_may_go_otherwise_next_time() {
    for (said, status) in [
        (KILLED, "environment_broken"),
        (CRASHED, "does_not_compile"),
        (OFFLINE, "environment_broken"),
        (SCRIPT, "does_not_compile"),
    ] {
        for bench in [Bench::extension(), Bench::rust()] {
            bench.settle();
            bench.world.settle("/w/fast/src/lib.rs", "fn g() {}\n");
            bench.world.program("cargo", cargo::fails(said));
            assert_eq!(gist(&bench.verify()), [status, "cargo-failed"], "{said:?}");
            is_looked_at_again(&bench, said[0]);
        }
    }
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn g() {}\n");
    bench.world.program("cargo", cargo::does_not_link);
    assert_eq!(gist(&bench.verify())[0], "does_not_compile");
    is_looked_at_again(&bench, "the linker");
}

#[test]
fn a_build_that_never_ends_has_no_end_in_sight() {
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn g() {}\n");
    bench.world.program("cargo", cargo::hangs);
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["timed_out", "cargo-failed"]);
    let told = format!("{:?}", verdict.diagnostics);
    assert!(told.contains("after its limit of 60 minutes"), "{told}");
}

#[test]
fn a_build_script_may_carry_any_name() {
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
        bench.world.take_deeds();
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
fn without_memory_cargo_is_asked_as_well() {
    let mut bench = Bench::extension();
    bench.settle();
    bench.settings.memory = Memory::Ignored;
    assert!(bench.verify().is_solved());
    let starts = bench.world.take_starts();
    let asked = starts.iter().any(|start| start.starts_with("cargo"));
    assert!(asked, "{starts:#?}");
}

#[test]
fn directories_count_by_what_they_hold_and_not_by_what_they_are_called() {
    for name in ["build", "dist", "venv", "target", "wrong", "site-packages"] {
        let bench = Bench::python();
        let file = format!("/w/fast/{name}/expected.txt");
        bench.world.settle(&file, "7\n");
        bench.settle();
        bench.world.settle(&file, "8\n");
        is_looked_at_again(&bench, name);
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
fn tests_that_pytest_does_not_collect_make_no_suite() {
    let bench = Bench::rust();
    bench
        .world
        .settle("/w/fast/build/lib/test_it.py", "def test_a(): ...\n");
    assert!(!bench.subject().needs_python());
    let bench = Bench::extension();
    bench.world.delete("/w/fast/test_it.py");
    bench
        .world
        .settle("/w/fast/build/lib/test_it.py", "def test_a(): ...\n");
    assert!(!steps(&bench.verify()).contains(&"python_tests"));
}

#[test]
fn a_tree_too_large_to_look_through_is_not_remembered() {
    let bench = Bench::python();
    for number in 0..4100 {
        bench
            .world
            .save(&format!("/w/fast/many/{number}/x.txt"), "");
    }
    bench.world.pass(Duration::from_secs(5));
    bench.settle();
    is_looked_at_again(&bench, "a tree that was not looked through");
}

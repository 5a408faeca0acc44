//! The Rust tests of an extension: which are built, and what happens without Python's library.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::sync::{Arc, Mutex};

use wr_engine::Status;

use crate::bench::Bench;
use crate::cargo;
use crate::world::Behaviour;

/// The targets that cargo was asked for as tests, in order.
fn tested(bench: &Bench) -> Vec<String> {
    let started = bench.world.take_starts();
    let of_tests = started
        .iter()
        .filter(|command| command.contains("--profile test"));
    of_tests
        .map(|command| {
            let mut words = command.split(' ').skip_while(|word| *word != "--test");
            words.nth(1).unwrap_or("the library").to_owned()
        })
        .collect()
}

#[test]
fn integration_tests_are_run_as_cargo_finds_them() {
    let bench = Bench::extension();
    let world = &bench.world;
    world.save("/w/fast/tests/one.rs", "#[test] fn a() {}");
    world.save("/w/fast/tests/two/main.rs", "mod helper;");
    world.save("/w/fast/tests/two/helper.rs", "");
    world.save("/w/fast/tests/common/mod.rs", "");
    world.settle("/w/fast/tests/test_it.py", "def test_a(): ...\n");
    bench.verify();
    assert_eq!(tested(&bench), ["one", "two"]);
}

#[test]
fn the_manifest_may_add_integration_tests_and_leave_some_out() {
    let bench = Bench::extension_with_rust_tests();
    let world = &bench.world;
    for name in ["one", "off", "featured", "defaulted"] {
        world.save(&format!("/w/fast/tests/{name}.rs"), "#[test] fn a() {}");
    }
    world.save("/w/fast/checks/more.rs", "#[test] fn a() {}");
    let manifest = world.text(Path::new("/w/fast/Cargo.toml")).unwrap();
    let more = "[features]\ndefault = [\"a\"]\na = [\"b\"]\nb = []\nc = []\n\
        [[test]]\nname = \"more\"\npath = \"checks/more.rs\"\n\
        [[test]]\nname = \"off\"\ntest = false\n\
        [[test]]\nname = \"featured\"\nrequired-features = [\"b\", \"c\"]\n\
        [[test]]\nname = \"defaulted\"\nrequired-features = [\"b\"]\n";
    world.settle("/w/fast/Cargo.toml", &format!("{manifest}{more}"));
    bench.verify();
    assert_eq!(tested(&bench), ["the library", "defaulted", "more", "one"]);
    world.settle(
        "/w/fast/Cargo.toml",
        &format!("{manifest}{more}")
            .replace("name = \"fast\"", "name = \"fast\"\nautotests = false"),
    );
    bench.verify();
    assert_eq!(tested(&bench), ["the library", "defaulted", "more"]);
}

#[test]
fn without_pythons_library_the_verdict_names_the_package() {
    let bench = Bench::extension_with_rust_tests();
    bench.world.save("/etc/os-release", "ID=debian\n");
    bench.world.program("unit-1", |_, _| {
        Behaviour::new()
            .err("unit-1: symbol lookup error: unit-1: undefined symbol: _Py_Dealloc")
            .exit(127)
    });
    let verdict = bench.verify();
    assert_eq!(verdict.status, Status::EnvironmentBroken);
    assert_eq!(verdict.diagnostics[0].code.to_string(), "WR0211");
    let hint = verdict.diagnostics[0].hint.clone().unwrap_or_default();
    assert!(hint.contains("apt install libpython3.12-dev"), "{hint}");
    // A program that lacks another library has failed, and nobody knows why.
    bench.world.program("unit-1", |_, _| {
        Behaviour::new()
            .err("unit-1: symbol lookup error: unit-1: undefined symbol: png_create")
            .exit(127)
    });
    let verdict = bench.verify();
    assert_eq!(verdict.status, Status::TestsFail, "{verdict:#?}");
}

#[test]
fn a_linker_without_pythons_library_does_not_blame_the_code() {
    let bench = Bench::rust();
    bench.world.save("/etc/os-release", "ID=fedora\n");
    bench.world.program("cargo", |_, _| {
        Behaviour::new()
            .err("error: linking with `cc` failed: exit status: 1")
            .err("  = note: /usr/bin/ld: cannot find -lpython3.13: No such file or directory")
            .err("error: could not compile `fast` (bin \"fast\") due to 1 previous error")
            .exit(101)
    });
    let verdict = bench.verify();
    assert_eq!(verdict.status, Status::EnvironmentBroken);
    assert_eq!(verdict.diagnostics[0].code.to_string(), "WR0211");
    let hint = verdict.diagnostics[0].hint.clone().unwrap_or_default();
    assert!(hint.contains("dnf install python3.13-devel"), "{hint}");
}

/// The variables about Python in cargo's environment, and its target directory.
fn built_with(bench: &Bench) -> (Vec<(OsString, OsString)>, String) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seen_by_cargo = Arc::clone(&seen);
    bench.world.program("cargo", move |world, command| {
        seen_by_cargo
            .lock()
            .expect("nothing panics here")
            .push(command.clone());
        cargo::builds(world, command)
    });
    bench.verify();
    let seen = seen.lock().expect("nothing panicked");
    let build = seen
        .iter()
        .find(|one| one.args.iter().any(|arg| arg == "--target-dir"));
    let build = build.expect("cargo should build something");
    let of_pyo3 = build
        .env
        .iter()
        .filter(|(name, _)| name.to_string_lossy().starts_with("PYO3_"));
    let mut target = build.args.iter().skip_while(|arg| *arg != "--target-dir");
    let target = target.nth(1).map(|dir| dir.to_string_lossy().into_owned());
    (
        of_pyo3
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        target.unwrap_or_default(),
    )
}

#[test]
fn a_program_that_embeds_python_is_linked_with_the_chosen_interpreter() {
    let bench = Bench::rust();
    let (variables, target) = built_with(&bench);
    assert_eq!((variables, &*target), (Vec::new(), "/w/.wr/target"));

    let bench = Bench::rust();
    let manifest = "[package]\nname = \"fast\"\n[dependencies]\npyo3 = \"0.30\"\n";
    bench.world.settle("/w/fast/Cargo.toml", manifest);
    let (variables, target) = built_with(&bench);
    let names: Vec<&OsStr> = variables.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["PYO3_PYTHON"], "{variables:?}");
    assert!(
        variables[0].1.to_string_lossy().ends_with("python3"),
        "{variables:?}"
    );
    // PyO3 is compiled with other settings there than for extensions.
    assert_eq!(target, "/w/.wr/target/embedding");
}

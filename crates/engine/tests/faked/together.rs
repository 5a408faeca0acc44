//! Many subjects at once.

use std::time::Duration;

use wr_engine::{Cancel, EnvironmentPolicy, Memory, Subject, verify_all};

use crate::bench::{Bench, gist};
use crate::cargo;

const ROOTS: [&str; 3] = ["/w/one", "/w/two", "/w/three"];

fn bench() -> Bench {
    let bench = Bench::extension();
    let members = "[workspace]\nmembers = [\"one\", \"two\", \"three\"]\n";
    bench.world.settle("/w/Cargo.toml", members);
    for root in ROOTS {
        bench.put_extension(root);
    }
    bench
}

fn verify(bench: &Bench) -> Vec<wr_engine::Verdict> {
    let subjects = ROOTS.map(|root| Subject {
        environment: EnvironmentPolicy::Kept,
        ..bench.subject_at(root)
    });
    let cancel = Cancel::new();
    let all = verify_all(
        &bench.world,
        &bench.settings,
        &subjects,
        2,
        &cancel,
        &|_| {},
    );
    all.expect("nothing cancels")
}

#[test]
fn one_call_of_cargo_builds_all_and_verdicts_come_in_order() {
    let bench = bench();
    let verdicts = verify(&bench);
    let names: Vec<_> = verdicts.iter().map(|one| &*one.exercise).collect();
    assert_eq!(names, ["one", "two", "three"]);
    assert!(
        verdicts.iter().all(wr_engine::Verdict::is_solved),
        "{verdicts:#?}"
    );
    let starts = bench.world.take_starts();
    let count = |what: &str| starts.iter().filter(|start| start.contains(what)).count();
    assert_eq!(count("cargo build"), 1, "{starts:#?}");
    assert_eq!(count("-m venv"), 1, "{starts:#?}");
    assert_eq!(bench.world.running(), [""; 0]);
}

/// In one call, each crate would get the features that any of them asks for.
#[test]
fn crates_with_other_dependencies_are_built_by_a_call_of_their_own() {
    let bench = bench();
    let manifest = "[package]\nname = \"two\"\n[lib]\ncrate-type = [\"cdylib\"]\n[dependencies]\n\
                    pyo3 = { version = \"0.30\", features = [\"experimental-async\"] }\n";
    bench.world.settle("/w/two/Cargo.toml", manifest);
    assert!(verify(&bench).iter().all(wr_engine::Verdict::is_solved));
    let starts = bench.world.take_starts();
    let packages: Vec<(bool, bool)> = starts
        .iter()
        .filter(|start| start.contains("cargo build"))
        .map(|start| {
            (
                start.contains("--package two"),
                start.contains("--package one"),
            )
        })
        .collect();
    assert_eq!(packages.len(), 2, "{starts:#?}");
    assert!(
        packages.contains(&(true, false)) && packages.contains(&(false, true)),
        "{starts:#?}"
    );
}

#[test]
fn a_second_look_starts_nothing() {
    let bench = bench();
    verify(&bench);
    bench.world.pass(Duration::from_secs(5));
    verify(&bench);
    bench.world.take_calls();
    assert!(verify(&bench).iter().all(|verdict| verdict.remembered));
    assert_eq!(bench.world.take_starts(), [""; 0]);
}

#[test]
fn one_that_does_not_compile_does_not_stop_the_others() {
    let bench = bench();
    bench.world.program("cargo", |world, command| {
        let shown = command.to_string();
        if shown.contains("--package") {
            // Cargo reports what it builds of the others as usual.
            let mut others = command.clone();
            others.args.retain(|arg| arg != "two");
            others.args.dedup();
            return cargo::builds(world, &others);
        }
        if shown.contains("/w/two/") {
            return cargo::refuses(world, command);
        }
        cargo::builds(world, command)
    });
    let found: Vec<_> = verify(&bench)
        .iter()
        .map(|one| gist(one)[0].to_owned())
        .collect();
    assert_eq!(found, ["solved", "does_not_compile", "solved"]);
}

#[test]
fn without_memory_one_call_of_cargo_still_builds_all() {
    let mut bench = bench();
    verify(&bench);
    bench.world.pass(Duration::from_secs(5));
    bench.world.take_calls();
    bench.settings.memory = Memory::Ignored;
    let verdicts = verify(&bench);
    assert!(verdicts.iter().all(wr_engine::Verdict::is_solved));
    let starts = bench.world.take_starts();
    let count = starts
        .iter()
        .filter(|start| start.contains("cargo build"))
        .count();
    assert_eq!(count, 1, "{starts:#?}");
}

/// Tests that run cargo need crates that no build of theirs downloads, and work without the network.
#[test]
fn crates_are_downloaded_for_tests_that_run_cargo() {
    let bench = bench();
    let lock = "/w/Cargo.lock";
    bench.world.settle(lock, "version = 4\n");
    let subject = Subject {
        tests_run_cargo: true,
        ..bench.subject_at(ROOTS[0])
    };
    let fetched = |subject: &Subject| {
        let cancel = Cancel::new();
        let mut engine = wr_engine::Engine::new(&bench.world, bench.settings.clone());
        engine.remembering(Memory::Ignored);
        let verdict = engine.verify(subject, &cancel, &|_| {});
        assert!(verdict.expect("nothing cancels").is_solved());
        let starts = bench.world.take_starts();
        starts
            .iter()
            .filter(|one| one.contains("cargo fetch"))
            .count()
    };
    let plain = bench.subject_at(ROOTS[0]);
    assert_eq!(fetched(&plain), 0);
    assert_eq!(fetched(&subject), 1);
    assert_eq!(fetched(&subject), 0);
    bench.world.save(lock, "version = 4\n# another\n");
    assert_eq!(fetched(&subject), 1);
}

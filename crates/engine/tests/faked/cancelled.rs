//! Cancelled work ends soon, gives no verdict, and leaves nothing running.

use std::path::Path;
use std::time::Duration;

use wr_engine::{Cancel, Interrupted, RunMode, System, verify_all};

use crate::bench::{Bench, ENVIRONMENT};
use crate::cargo;
use crate::python::{End, Pytest, Start, test_started};
use crate::world::{Behaviour, Call};

/// How long cancelled work may take to end.
const SOON: Duration = Duration::from_millis(2500);

/// Cancels after a while, and requires that there is no verdict and nothing is left running.
#[track_caller]
fn cancel_after(bench: &Bench, wait: Duration) {
    let cancel = Cancel::new();
    let token = cancel.clone();
    bench.world.after(wait, move |_| token.cancel());
    let began = bench.world.now();
    let mut engine = bench.engine();
    let verdict = bench.try_with(&mut engine, &cancel);
    assert_eq!(verdict.err(), Some(Interrupted));
    assert!(cancel.is_cancelled(), "it didn't get that far");
    let took = bench.world.since(began);
    assert!(took < wait + SOON, "it took {took:?} after {wait:?}");
    let is_harness = |command: &String| command.contains("wr_harness");
    let left = bench.world.running();
    assert!(left.iter().all(is_harness), "{left:#?}");
    assert_eq!(bench.python.children(), 0);
    drop(engine);
    assert_eq!(bench.world.running(), [""; 0]);
}

#[test]
fn before_anything() {
    let bench = Bench::extension();
    let cancel = Cancel::new();
    cancel.cancel();
    let verdict = bench.try_with(&mut bench.engine(), &cancel);
    assert_eq!(verdict.err(), Some(Interrupted));
    assert_eq!(bench.world.take_starts(), [""; 0]);
}

#[test]
fn while_the_environment_is_created() {
    let bench = Bench::python();
    cancel_after(&bench, Duration::from_secs(1));
    // The incomplete environment is recreated and doesn't count as ready.
    assert!(bench.verify().is_solved());
    let starts = bench.world.take_starts();
    let made = starts.iter().filter(|one| one.contains("-m venv")).count();
    assert_eq!(made, 2, "{starts:#?}");
}

#[test]
fn while_packages_are_installed() {
    let bench = Bench::python();
    cancel_after(&bench, Duration::from_millis(3500));
    assert!(
        bench
            .world
            .text(Path::new(ENVIRONMENT).join("wr-ready.json").as_path())
            .is_none()
    );
    assert!(bench.verify().is_solved());
}

#[test]
fn while_an_interpreter_does_not_respond() {
    let bench = Bench::python();
    bench.world.program("python3", |_, _| Behaviour::new());
    cancel_after(&bench, Duration::from_secs(1));
}

#[test]
fn while_cargo_compiles() {
    let bench = Bench::extension();
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn g() {}\n");
    bench.world.program("cargo", cargo::hangs);
    cancel_after(&bench, Duration::from_millis(500));
}

#[test]
fn while_the_harness_loads_pytest() {
    let bench = Bench::python();
    bench.settle();
    bench
        .world
        .settle("/w/fast/test_it.py", "def test_a(): pass\n");
    bench.python.harness(Start::Silent);
    cancel_after(&bench, Duration::from_millis(500));
}

#[test]
fn while_python_tests_run() {
    let bench = Bench::python();
    bench.settle();
    bench
        .world
        .settle("/w/fast/test_it.py", "def test_a(): pass\n");
    bench
        .python
        .next_run(Pytest::of([test_started()], End::Hangs));
    cancel_after(&bench, Duration::from_secs(1));
    let calls = bench.world.take_calls();
    let stopped = |call: &Call| matches!(call, Call::Sent(_, line) if line.contains("\"stop\""));
    assert!(calls.iter().any(stopped), "{calls:#?}");
}

#[test]
fn while_the_harness_does_not_stop_when_told() {
    let bench = Bench::python();
    bench.settle();
    bench
        .world
        .settle("/w/fast/test_it.py", "def test_a(): pass\n");
    bench.python.next_run(Pytest::of([], End::HangsDeaf));
    let cancel = Cancel::new();
    let token = cancel.clone();
    bench
        .world
        .after(Duration::from_secs(1), move |_| token.cancel());
    let began = bench.world.now();
    let mut engine = bench.engine();
    assert_eq!(
        bench.try_with(&mut engine, &cancel).err(),
        Some(Interrupted)
    );
    assert!(bench.world.since(began) < Duration::from_secs(1) + SOON);
    assert_eq!(bench.world.running(), [""; 0]);
}

#[test]
fn while_a_rust_test_program_runs() {
    let bench = Bench::rust();
    bench
        .world
        .program("unit-1", |_, _| Behaviour::new().out("running 1 test"));
    cancel_after(&bench, Duration::from_secs(1));
}

#[test]
fn cancelled_work_is_not_remembered() {
    let bench = Bench::python();
    bench.settle();
    bench
        .world
        .settle("/w/fast/test_it.py", "def test_a(): pass\n");
    bench
        .python
        .next_run(Pytest::of([test_started()], End::Hangs));
    cancel_after(&bench, Duration::from_secs(1));
    let verdict = bench.verify();
    assert!(!verdict.remembered);
    assert!(verdict.is_solved());
}

#[test]
fn the_same_engine_gives_the_next_verdict() {
    let mut bench = Bench::python();
    bench.settings.run_mode = RunMode::Watch;
    let mut engine = bench.engine();
    bench.verify_with(&mut engine);
    bench
        .world
        .settle("/w/fast/test_it.py", "def test_a(): pass\n");
    bench
        .python
        .next_run(Pytest::of([test_started()], End::Hangs));
    let cancel = Cancel::new();
    let token = cancel.clone();
    bench
        .world
        .after(Duration::from_secs(1), move |_| token.cancel());
    assert_eq!(
        bench.try_with(&mut engine, &cancel).err(),
        Some(Interrupted)
    );
    bench.world.take_calls();
    assert!(bench.verify_with(&mut engine).is_solved());
    assert_eq!(
        bench.world.take_starts(),
        [""; 0],
        "the harness is still the old one"
    );
}

#[test]
fn many_at_once() {
    let bench = Bench::extension();
    bench
        .world
        .settle("/w/Cargo.toml", "[workspace]\nmembers = [\"fast\"]\n");
    bench.settle();
    bench.world.settle("/w/fast/src/lib.rs", "fn g() {}\n");
    bench.world.program("cargo", cargo::hangs);
    let cancel = Cancel::new();
    let token = cancel.clone();
    bench
        .world
        .after(Duration::from_secs(1), move |_| token.cancel());
    let subjects = [bench.subject()];
    let all = verify_all(
        &bench.world,
        &bench.settings,
        &subjects,
        2,
        &cancel,
        &|_| {},
    );
    assert_eq!(all.err(), Some(Interrupted));
    assert_eq!(bench.world.running(), [""; 0]);
}

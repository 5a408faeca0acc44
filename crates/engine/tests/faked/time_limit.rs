//! Endless work is killed in bounded time, and the verdict says so.

use std::time::Duration;

use wr_engine::System;

use crate::bench::{Bench, LIMIT, gist, passing_tests};
use crate::cargo;
use crate::python::{End, Pytest, Start, TEST, test_started};
use crate::world::{Behaviour, Call};

/// How much a limit may be exceeded: the harness records where the run is, and then gets time to stop it.
const LEEWAY: Duration = Duration::from_secs(4);

/// The verdict, and the time that it took.
fn verify_timed(bench: &Bench) -> (wr_engine::Verdict, Duration) {
    bench.settle();
    bench
        .world
        .save("/w/fast/test_it.py", "def test_a(): pass\n");
    let began = bench.world.now();
    let verdict = bench.verify();
    (verdict, bench.world.since(began))
}

#[test]
fn a_run_that_hangs_is_stopped_and_names_its_test() {
    let bench = Bench::python();
    bench.settle();
    bench
        .python
        .next_run(Pytest::of([test_started()], End::Hangs));
    let (verdict, took) = {
        bench
            .world
            .save("/w/fast/test_it.py", "def test_a(): pass\n");
        let began = bench.world.now();
        let verdict = bench.verify();
        (verdict, bench.world.since(began))
    };
    assert_eq!(gist(&verdict), ["timed_out", "timed-out"]);
    let shown = format!("{:?}", verdict.diagnostics);
    assert!(shown.contains(TEST), "{shown}");
    assert!(took >= LIMIT && took < LIMIT + LEEWAY, "{took:?}");
    assert_eq!(bench.python.children(), 0);
    assert_eq!(bench.world.running(), [""; 0]);
}

#[test]
fn the_place_that_the_harness_recorded_is_shown() {
    let bench = Bench::python();
    bench.settle();
    bench
        .world
        .save("/w/fast/test_it.py", "def test_a(): pass\n");
    bench
        .python
        .next_run(Pytest::of([test_started()], End::Hangs));
    bench.world.after(LIMIT, |world| {
        let trace = "Timeout!\nThread 0x1 (most recent call first):\n  File \"/w/fast/test_it.py\", line 7 in spin\n";
        world.save("/w/.wr/run/fast-123a338b95f0/trace.txt", trace);
    });
    let verdict = bench.verify();
    let place = verdict.diagnostics[0].location().expect("a place");
    assert_eq!((&*place.file, place.line), ("test_it.py", Some(7)));
}

#[test]
fn a_harness_that_ignores_the_stop_is_killed() {
    let bench = Bench::python();
    bench.settle();
    bench
        .world
        .save("/w/fast/test_it.py", "def test_a(): pass\n");
    bench
        .python
        .next_run(Pytest::of([test_started()], End::HangsDeaf));
    let began = bench.world.now();
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["timed_out", "timed-out"]);
    assert!(bench.world.since(began) < LIMIT + LEEWAY);
    let calls = bench.world.take_calls();
    assert!(
        calls.iter().any(|call| matches!(call, Call::Killed(_))),
        "{calls:#?}"
    );
}

#[test]
fn a_harness_that_never_responds_is_abandoned() {
    let bench = Bench::python();
    bench.python.harness(Start::Ready);
    bench.settle();
    bench.python.harness(Start::Silent);
    bench
        .world
        .save("/w/fast/test_it.py", "def test_a(): pass\n");
    let began = bench.world.now();
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["environment_broken", "pytest-refused"]);
    assert!(bench.world.since(began) < Duration::from_secs(65));
    assert_eq!(bench.world.running(), [""; 0]);
}

#[test]
fn a_rust_test_program_that_hangs_is_killed() {
    let bench = Bench::rust();
    bench.world.program("unit-1", |_, command| {
        if command.args.iter().any(|arg| arg == "--list") {
            return [
                "tests::adds: test",
                "tests::hangs: test",
                "tests::later: test",
            ]
            .iter()
            .fold(Behaviour::new(), |all, line| all.out(*line))
            .exit(0);
        }
        Behaviour::new()
            .out("running 3 tests")
            .out("test tests::adds ... ok")
    });
    let began = bench.world.now();
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["timed_out", "timed-out"]);
    let message = &verdict.diagnostics[0].message;
    assert!(message.ends_with("in unit::tests::hangs"), "{message}");
    assert!(bench.world.since(began) < LIMIT + LEEWAY);
    assert_eq!(bench.world.running(), [""; 0]);
}

#[test]
fn no_test_program_runs_after_one_that_hung_or_crashed() {
    for (status, first) in [
        ("timed_out", Behaviour::new as fn() -> Behaviour),
        ("crashed", || Behaviour::new().die(11)),
    ] {
        let bench = Bench::rust();
        bench
            .world
            .program("cargo", cargo::builds_tests(&["/t/unit-1", "/t/unit-2"]));
        bench.world.program("unit-1", move |_, _| first());
        bench.world.program("unit-2", |_, _| passing_tests());
        assert_eq!(gist(&bench.verify())[0], status);
        let starts = bench.world.take_starts();
        assert!(
            !starts.iter().any(|start| start.contains("unit-2")),
            "{starts:?}"
        );
    }
}

#[test]
fn endless_output_does_not_prevent_the_timeout() {
    let bench = Bench::rust();
    bench.world.program("unit-1", |_, _| {
        (0..20_000).fold(Behaviour::new(), |all, _| all.wait(1).out("noise"))
    });
    let verdict = bench.verify();
    assert_eq!(gist(&verdict), ["timed_out", "timed-out"]);
    assert_eq!(bench.world.running(), [""; 0]);
}

#[test]
fn a_limit_on_the_command_line_overrides_the_subjects() {
    let mut bench = Bench::python();
    bench.settings.time_limit = Some(Duration::from_secs(2));
    bench.python.next_run(Pytest::passes());
    bench.python.next_run(Pytest::passes());
    bench.python.next_run(Pytest::of([], End::Hangs));
    let (verdict, took) = verify_timed(&bench);
    assert_eq!(gist(&verdict), ["timed_out", "timed-out"]);
    assert!(took < Duration::from_secs(2) + LEEWAY, "{took:?}");
}

#[test]
fn a_timeout_is_not_remembered() {
    let bench = Bench::python();
    bench.settle();
    bench
        .world
        .settle("/w/fast/test_it.py", "def test_a(): pass\n");
    bench.python.next_run(Pytest::of([], End::Hangs));
    assert_eq!(gist(&bench.verify())[0], "timed_out");
    assert_eq!(gist(&bench.verify())[0], "solved");
}

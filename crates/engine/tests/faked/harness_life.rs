//! How long a harness is used, and when another one is started.

use wr_engine::{Engine, RunMode, System};

use crate::bench::{Bench, gist};
use crate::python::{End, Pytest, Start, finished, test};
use crate::world::{Behaviour, Call};

fn bench() -> Bench {
    let mut bench = Bench::python();
    bench.settings.run_mode = RunMode::Watch;
    bench
}

/// Verifies a change, and returns how many harnesses were started for it.
fn harnesses_for(bench: &Bench, engine: &mut Engine<'_>, text: &str) -> usize {
    bench.world.settle("/w/fast/test_it.py", text);
    bench.world.take_calls();
    let verdict = bench.verify_with(engine);
    assert!(verdict.is_solved(), "{verdict:#?}");
    started(bench)
}

fn started(bench: &Bench) -> usize {
    let starts = bench.world.take_starts();
    starts
        .iter()
        .filter(|start| start.contains("wr_harness"))
        .count()
}

#[test]
fn one_serves_many_verdicts() {
    let bench = bench();
    let mut engine = bench.engine();
    bench.verify_with(&mut engine);
    for text in ["a = 1\n", "a = 2\n", "a = 3\n"] {
        assert_eq!(harnesses_for(&bench, &mut engine, text), 0);
    }
}

#[test]
fn a_failed_test_and_a_crashed_child_keep_the_harness() {
    let bench = bench();
    let mut engine = bench.engine();
    bench.verify_with(&mut engine);
    for run in [
        Pytest::fails(),
        Pytest::of([], End::Signal(11)),
        Pytest::of([], End::Hangs),
    ] {
        bench.python.next_run(run);
        bench.world.settle("/w/fast/test_it.py", "b = 1\n");
        assert!(!bench.verify_with(&mut engine).is_solved());
        assert_eq!(harnesses_for(&bench, &mut engine, "b = 2\n"), 0);
    }
}

#[test]
fn one_that_died_during_a_run_is_followed_by_another() {
    for end in [End::HarnessExits(0), End::HarnessDies(9), End::HangsDeaf] {
        let bench = bench();
        let mut engine = bench.engine();
        bench.verify_with(&mut engine);
        bench.world.settle("/w/fast/test_it.py", "c = 1\n");
        bench
            .python
            .next_run(Pytest::of([test("passed"), finished(0)], end));
        assert!(!bench.verify_with(&mut engine).is_solved());
        assert_eq!(harnesses_for(&bench, &mut engine, "c = 2\n"), 1, "{end:?}");
    }
}

#[test]
fn one_that_did_not_start_is_followed_by_another() {
    for start in [Start::Exits, Start::WithoutPytest, Start::Silent] {
        let bench = bench();
        let mut engine = bench.engine();
        bench.python.harness(start);
        assert_eq!(
            gist(&bench.verify_with(&mut engine))[0],
            "environment_broken"
        );
        bench.python.harness(Start::Ready);
        assert_eq!(
            harnesses_for(&bench, &mut engine, "d = 1\n"),
            1,
            "{start:?}"
        );
    }
}

#[test]
fn one_that_died_between_two_runs_costs_no_verdict() {
    let bench = bench();
    let mut engine = bench.engine();
    bench.verify_with(&mut engine);
    // The next child is already waiting when the harness is killed from outside.
    bench.world.end_all();
    assert_eq!(harnesses_for(&bench, &mut engine, "e = 1\n"), 1);
}

#[test]
fn another_limit_needs_another_harness_and_the_old_one_ends_first() {
    let mut bench = bench();
    let world = bench.world.clone();
    let settings = bench.settings.clone();
    let mut engine = Engine::new(&world, settings);
    bench.verify_with(&mut engine);
    bench.memory_limit = Some(1 << 30);
    bench.world.settle("/w/fast/test_it.py", "f = 1\n");
    bench.world.take_calls();
    assert!(bench.verify_with(&mut engine).is_solved());
    let calls = bench.world.take_calls();
    let ended = calls
        .iter()
        .position(|call| matches!(call, Call::Dropped(_)));
    let began = calls
        .iter()
        .position(|call| matches!(call, Call::Spawned(..)));
    assert!(ended.is_some() && ended < began, "{calls:#?}");
    let limits = world.last_command("python").expect("it was started").limits;
    assert_eq!(limits.memory, Some(1 << 30));
}

#[test]
fn newly_installed_packages_need_another_harness() {
    let bench = bench();
    let mut engine = bench.engine();
    bench.verify_with(&mut engine);
    let manifest =
        "[project]\nname = \"x\"\nversion = \"1\"\n[dependency-groups]\ndev = [\"hypothesis\"]\n";
    bench.world.settle("/w/fast/pyproject.toml", manifest);
    assert_eq!(harnesses_for(&bench, &mut engine, "g = 1\n"), 1);
}

#[test]
fn a_child_prepared_for_another_configuration_is_not_used() {
    let bench = bench();
    let mut engine = bench.engine();
    bench.verify_with(&mut engine);
    bench
        .world
        .settle("/w/fast/pytest.ini", "[pytest]\naddopts = -x\n");
    bench.world.take_calls();
    assert!(bench.verify_with(&mut engine).is_solved());
    let sent: Vec<_> = bench
        .world
        .take_calls()
        .into_iter()
        .filter_map(|call| match call {
            Call::Sent(_, line) => Some(line),
            _ => None,
        })
        .collect();
    assert!(
        sent[0].contains("\"prepare\"") && sent[1].contains("\"go\""),
        "{sent:#?}"
    );
}

#[test]
fn a_program_that_cannot_be_written_to_is_not_success() {
    let bench = Bench::python();
    bench.settle();
    bench.world.settle("/w/fast/test_it.py", "i = 1\n");
    bench
        .world
        .program("python", |_, _| Behaviour::new().exit(0));
    assert_eq!(gist(&bench.verify())[0], "environment_broken");
}

#[test]
fn the_default_limits_are_half_of_the_memory_and_a_thousand_processes() {
    let mut bench = Bench::python();
    bench.verify();
    let limits = |bench: &Bench| {
        let command = bench.world.last_command("python");
        command.expect("it was started").limits
    };
    let found = limits(&bench);
    assert_eq!(found.memory, bench.world.memory().map(|all| all / 2));
    assert_eq!(found.processes, Some(1000));
    // The user's setting overrides the course's.
    bench.memory_limit = Some(1 << 30);
    bench.settings.memory_limit = Some(2 << 30);
    bench.verify();
    assert_eq!(limits(&bench).memory, Some(2 << 30));
}

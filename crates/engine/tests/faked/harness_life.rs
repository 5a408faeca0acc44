//! How long a harness serves, and what another one is started for.

use engine::{Engine, RunMode, System};

use crate::bench::{Bench, gist};
use crate::python::{End, Pytest, Start, finished, test};
use crate::world::{Behaviour, Deed};

fn bench() -> Bench {
    let mut bench = Bench::python();
    bench.settings.run_mode = RunMode::Watch;
    bench
}

/// Verifies a change, and says how many harnesses were started for it.
fn harnesses_for(bench: &Bench, engine: &mut Engine<'_>, text: &str) -> usize {
    bench.world.settle("/w/fast/test_it.py", text);
    bench.world.take_deeds();
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
fn a_failed_test_and_a_crashed_child_cost_no_harness() {
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
fn one_that_did_not_come_up_is_followed_by_another() {
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
    // The next child waits already when the harness is ended from outside.
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
    bench.world.take_deeds();
    assert!(bench.verify_with(&mut engine).is_solved());
    let deeds = bench.world.take_deeds();
    let ended = deeds
        .iter()
        .position(|deed| matches!(deed, Deed::Dropped(_)));
    let began = deeds
        .iter()
        .position(|deed| matches!(deed, Deed::Spawned(..)));
    assert!(ended.is_some() && ended < began, "{deeds:#?}");
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
    bench.world.take_deeds();
    assert!(bench.verify_with(&mut engine).is_solved());
    let sent: Vec<_> = bench
        .world
        .take_deeds()
        .into_iter()
        .filter_map(|deed| match deed {
            Deed::Sent(_, line) => Some(line),
            _ => None,
        })
        .collect();
    assert!(
        sent[0].contains("\"prepare\"") && sent[1].contains("\"go\""),
        "{sent:#?}"
    );
}

#[test]
fn a_program_that_cannot_be_written_to_is_no_success() {
    let bench = Bench::python();
    bench.settle();
    bench.world.settle("/w/fast/test_it.py", "i = 1\n");
    bench
        .world
        .program("python", |_, _| Behaviour::new().exit(0));
    assert_eq!(gist(&bench.verify())[0], "environment_broken");
}

#[test]
fn without_a_limit_half_of_the_memory_and_a_thousand_processes_are_enough() {
    let mut bench = Bench::python();
    bench.verify();
    let limits = |bench: &Bench| {
        let command = bench.world.last_command("python");
        command.expect("it was started").limits
    };
    let found = limits(&bench);
    assert_eq!(found.memory, bench.world.memory().map(|all| all / 2));
    assert_eq!(found.processes, Some(1000));
    // What the user asks for counts for more than what the course says.
    bench.memory_limit = Some(1 << 30);
    bench.settings.memory_limit = Some(2 << 30);
    bench.verify();
    assert_eq!(limits(&bench).memory, Some(2 << 30));
}

//! A course with its own commands.

use std::time::Duration;

use wr_engine::{Commands, Kind, Subject};

use crate::bench::{Bench, LIMIT, gist};
use crate::world::{Behaviour, Call};

fn subject(bench: &Bench, programs: &[&str]) -> Subject {
    let commands = programs.iter();
    let commands = commands.map(|name| ((*name).to_owned(), Vec::new()));
    Subject {
        kind: Kind::Commands(Commands {
            build_first: Some("/w/fast/Cargo.toml".into()),
            commands: commands.collect(),
        }),
        ..bench.subject()
    }
}

fn verify(bench: &Bench, programs: &[&str]) -> wr_engine::Verdict {
    let cancel = wr_engine::Cancel::new();
    let verdict = bench
        .engine()
        .verify(&subject(bench, programs), &cancel, &|_| {});
    verdict.expect("nothing cancels")
}

#[test]
fn commands_run_in_order_until_one_fails() {
    let bench = Bench::rust();
    for (name, status) in [("first", 0), ("second", 3), ("third", 0)] {
        bench
            .world
            .program(name, move |_, _| Behaviour::new().wait(5).exit(status));
    }
    let verdict = verify(&bench, &["first", "second", "third"]);
    assert_eq!(gist(&verdict), ["tests_fail", "command-failed"]);
    let starts = bench.world.take_starts();
    assert!(starts[0].starts_with("cargo metadata"), "{starts:?}");
    assert!(
        starts[1].starts_with("cargo build --all-targets"),
        "{starts:?}"
    );
    assert_eq!(starts[2..], ["first", "second"]);
}

#[test]
fn a_command_that_hangs_is_killed_and_the_next_is_not_started() {
    let bench = Bench::rust();
    bench.world.program("first", |_, _| Behaviour::new());
    bench
        .world
        .program("second", |_, _| Behaviour::new().exit(0));
    assert_eq!(
        gist(&verify(&bench, &["first", "second"])),
        ["timed_out", "timed-out"]
    );
    let calls = bench.world.take_calls();
    assert!(calls.contains(&Call::Killed(2)), "{calls:#?}");
    assert!(!calls.contains(&Call::Spawned(3, "second".to_owned())));
    assert!(wr_engine::System::now(&bench.world) < LIMIT + Duration::from_secs(5));
}

#[test]
fn a_missing_command_is_a_problem_of_the_machine() {
    let bench = Bench::rust();
    let verdict = verify(&bench, &["nowhere"]);
    assert_eq!(gist(&verdict), ["environment_broken", "program-missing"]);
}

#[test]
fn the_verdict_of_commands_is_never_remembered() {
    let bench = Bench::rust();
    bench
        .world
        .program("first", |_, _| Behaviour::new().wait(5).exit(0));
    for _ in 0..3 {
        assert!(verify(&bench, &["first"]).is_solved());
        assert_eq!(bench.world.take_starts().len(), 3);
        bench.world.pass(Duration::from_secs(5));
    }
}

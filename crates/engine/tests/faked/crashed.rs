//! A process that crashes, or whose reports contradict its exit, never counts as success.

use serde_json::json;

use crate::bench::{Bench, gist};
use crate::python::{End, Pytest, Start, exited, finished, test, test_started};
use crate::world::Behaviour;

#[track_caller]
fn run(run: Pytest) -> wr_engine::Verdict {
    let bench = Bench::python();
    bench.python.next_run(run);
    bench.verify()
}

#[test]
fn a_child_that_crashes_is_a_crash() {
    let verdict = run(Pytest::of([test_started()], End::Signal(11)));
    assert_eq!(gist(&verdict)[0], "crashed");
    assert!(
        format!("{:?}", verdict.diagnostics).contains("SIGSEGV"),
        "{verdict:#?}"
    );
}

#[test]
fn an_exit_without_a_report_is_not_success_whatever_the_status() {
    for status in [0, 1, 2, 5, -1] {
        let verdict = run(Pytest::of([test("passed")], End::Status(status)));
        assert_eq!(gist(&verdict), ["crashed", "ended-early"], "{status}");
    }
}

#[test]
fn a_report_that_contradicts_the_exit_is_not_success() {
    for (reported, status) in [(0, 1), (0, 3), (1, 0), (5, 0)] {
        let verdict = run(Pytest::of(
            [test("passed"), finished(reported)],
            End::Status(status),
        ));
        assert_eq!(
            gist(&verdict),
            ["crashed", "ended-early"],
            "{reported} {status}"
        );
    }
    let verdict = run(Pytest::of([test("passed"), finished(0)], End::Signal(6)));
    assert_eq!(gist(&verdict)[0], "crashed");
}

#[test]
fn a_failed_test_counts_even_if_pytest_reports_success() {
    let verdict = run(Pytest::of([test("failed"), finished(0)], End::Status(0)));
    assert_eq!(gist(&verdict)[0], "tests_fail");
}

#[test]
fn a_test_that_fails_after_it_passed_has_failed() {
    let late = json!({"event": "test", "id": "test_it.py::test_a", "outcome": "failed", "when": "teardown", "seconds": 0.0});
    let verdict = run(Pytest::of(
        [test("passed"), late, finished(1)],
        End::Status(1),
    ));
    assert_eq!(gist(&verdict)[0], "tests_fail");
    assert_eq!(verdict.tests.len(), 1);
}

#[test]
fn a_run_without_tests_is_not_success() {
    let verdict = run(Pytest::of([finished(5)], End::Status(5)));
    assert_eq!(gist(&verdict), ["tests_fail", "no-tests"]);
    let verdict = run(Pytest::of([test("skipped"), finished(0)], End::Status(0)));
    assert_eq!(gist(&verdict), ["tests_fail", "no-tests"]);
}

#[test]
fn an_exit_of_the_harness_during_a_run_is_not_success() {
    let both = [test("passed"), finished(0)];
    let verdict = run(Pytest::of(both.clone(), End::HarnessExits(0)));
    assert_eq!(gist(&verdict), ["crashed", "ended-early"]);
    let verdict = run(Pytest::of(both, End::HarnessDies(9)));
    assert_eq!(gist(&verdict)[0], "crashed");
}

#[test]
fn the_exit_of_an_earlier_child_ends_nothing() {
    let stale = [
        exited(0, "status", 0),
        exited(77, "signal", 9),
        test("passed"),
        finished(0),
    ];
    let verdict = run(Pytest::of(stale, End::Status(0)));
    assert_eq!(gist(&verdict), ["solved", ""], "{verdict:#?}");
}

#[test]
fn lines_that_are_not_events_change_nothing() {
    let noise = [
        json!("noise"),
        json!({"event": "unknown"}),
        json!(7),
        test("passed"),
        finished(0),
    ];
    let verdict = run(Pytest::of(noise, End::Status(0)));
    assert_eq!(gist(&verdict), ["solved", ""]);
}

#[test]
fn a_harness_that_ends_before_it_is_ready_says_why() {
    for (start, words) in [
        (Start::Exits, "python: no room"),
        (Start::WithoutPytest, "No module named"),
    ] {
        let bench = Bench::python();
        bench.python.harness(start);
        let verdict = bench.verify();
        assert_eq!(gist(&verdict), ["environment_broken", "pytest-refused"]);
        let shown = format!("{:?}", verdict.diagnostics);
        assert!(shown.contains(words), "{shown}");
    }
}

#[test]
fn a_rust_test_program_without_a_summary_is_not_success() {
    let ends: [fn(Behaviour) -> Behaviour; 3] = [|b| b.exit(0), |b| b.exit(101), |b| b.die(6)];
    for end in ends {
        let bench = Bench::rust();
        bench.world.program("unit-1", move |_, _| {
            end(Behaviour::new()
                .out("running 2 tests")
                .out("test tests::adds ... ok"))
        });
        assert_eq!(gist(&bench.verify())[0], "crashed");
    }
}

#[test]
fn a_rust_test_program_that_reports_success_but_fails_is_not_success() {
    let bench = Bench::rust();
    bench.world.program("unit-1", |_, _| {
        let program = Behaviour::new().out("test tests::adds ... ok");
        program.out("test result: ok. 1 passed").exit(1)
    });
    assert!(!bench.verify().is_solved());
}

#[test]
fn a_limit_that_the_supervisor_reports_is_shown() {
    let bench = Bench::rust();
    bench.world.program("unit-1", |_, _| {
        let program = Behaviour::new().out("running 1 test");
        program.err("\u{1e}wr-limit memory 2048 1024").die(9)
    });
    assert_eq!(gist(&bench.verify()), ["timed_out", "limit-exceeded"]);
}

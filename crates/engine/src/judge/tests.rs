//! The judge's table of cases.

use diagnostic::SourceLocation;

use super::*;
use crate::test::{End, FailedTest, Failure};

fn suite(failures: &[(&str, Failure)], end: End) -> Suite {
    let mut suite = Suite {
        end,
        ..Suite::unusable("")
    };
    suite.tests.push(test("passes", Outcome::Passed));
    for (id, failure) in failures {
        suite.tests.push(test(id, Outcome::Failed));
        suite.failed.push(FailedTest {
            id: (*id).to_owned(),
            failure: failure.clone(),
            text: String::new(),
            printed: String::new(),
        });
    }
    suite
}

fn test(id: &str, outcome: Outcome) -> Test {
    Test {
        id: id.to_owned(),
        outcome,
        milliseconds: None,
        place: None,
        message: None,
    }
}

fn todo() -> Failure {
    Failure::Todo {
        place: Some(SourceLocation::column("src/lib.rs", 5, 5)),
    }
}

fn assertion(text: &str) -> Failure {
    Failure::Assertion {
        text: text.to_owned(),
        place: None,
    }
}

fn check(suites: Vec<Suite>, status: Status, codes: &[&str]) {
    let evidence = Evidence::Tested {
        suites,
        warnings: Vec::new(),
        advice: Vec::new(),
        wants_tests: true,
    };
    let verdict = judge("x", evidence, Terms::default(), Vec::new());
    let found: Vec<&str> = verdict
        .diagnostics
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    assert_eq!((verdict.status, found.as_slice()), (status, codes));
}

const FAILED: End = End::Finished { status: 1 };
const PASSED: End = End::Finished { status: 0 };

#[test]
fn all_passed_is_solved() {
    check(vec![suite(&[], PASSED)], Status::Solved, &[]);
}

#[test]
fn one_todo_reached_twice_is_one_thing_to_do() {
    check(
        vec![suite(&[("a", todo()), ("b", todo())], FAILED)],
        Status::Unfinished,
        &["WR0301"],
    );
}

#[test]
fn work_that_is_left_comes_before_what_fails_beside_it() {
    check(
        vec![suite(&[("a", todo()), ("b", assertion("1 == 2"))], FAILED)],
        Status::Unfinished,
        &["WR0301", "WR0353"],
    );
}

#[test]
fn every_failed_assertion_is_told() {
    check(
        vec![suite(
            &[("a", assertion("1 == 2")), ("b", assertion("1 == 2"))],
            FAILED,
        )],
        Status::TestsFail,
        &["WR0353", "WR0353"],
    );
}

#[test]
fn a_death_is_never_success() {
    let died = |exit| End::Died { exit };
    check(
        vec![suite(&[], died(Exit::Code(0)))],
        Status::Crashed,
        &["WR0358"],
    );
    check(
        vec![suite(&[], died(Exit::Signal(11)))],
        Status::Crashed,
        &["WR0308"],
    );
}

#[test]
fn silence_is_not_success() {
    let empty = Suite {
        tests: Vec::new(),
        ..suite(&[], End::Finished { status: 5 })
    };
    check(vec![empty.clone()], Status::TestsFail, &["WR0357"]);
    // Rust tests that ran make up for a Python suite without tests.
    check(vec![suite(&[], PASSED), empty], Status::Solved, &[]);
    check(vec![], Status::TestsFail, &["WR0357"]);
}

#[test]
fn a_rust_crate_without_tests_has_passed_what_cargo_asks_and_is_told_so() {
    let evidence = Evidence::Tested {
        suites: vec![Suite {
            tests: Vec::new(),
            ..suite(&[], PASSED)
        }],
        warnings: Vec::new(),
        advice: Vec::new(),
        wants_tests: false,
    };
    let verdict = judge("x", evidence, Terms::default(), Vec::new());
    assert_eq!(verdict.status, Status::Solved);
    assert_eq!(verdict.diagnostics[0].severity, Severity::Warning);
}

#[test]
fn a_name_that_is_not_in_the_module_is_told_from_a_module_that_is_not_there() {
    let import = |text: &str| Failure::Import {
        text: text.to_owned(),
        module: Some("setup".to_owned()),
        place: None,
        known: crate::test::Known::default(),
    };
    let absent = import("ImportError: cannot import name 'f' from 'setup' (/x/setup.so)");
    check(
        vec![suite(&[("t.py", absent)], End::Finished { status: 2 })],
        Status::DoesNotImport,
        &["WR0356"],
    );
    let missing = import("ModuleNotFoundError: No module named 'setup'");
    check(
        vec![suite(&[("t.py", missing)], End::Finished { status: 2 })],
        Status::DoesNotImport,
        &["WR0355"],
    );
}

#[test]
fn changed_tests_do_not_solve_and_do_not_hide_a_failure() {
    let changed = rules::tests_changed::RULE.finding("changed");
    let evidence = |suite| Evidence::Tested {
        suites: vec![suite],
        warnings: Vec::new(),
        advice: Vec::new(),
        wants_tests: true,
    };
    let passed = judge(
        "x",
        evidence(suite(&[], PASSED)),
        Terms {
            tampered: std::slice::from_ref(&changed),
            ..Terms::default()
        },
        Vec::new(),
    );
    assert_eq!(passed.status, Status::Tampered);
    let failed = judge(
        "x",
        evidence(suite(&[("a", todo())], FAILED)),
        Terms {
            tampered: &[changed],
            ..Terms::default()
        },
        Vec::new(),
    );
    assert_eq!(failed.status, Status::Unfinished);
}

#[test]
fn a_test_that_has_to_pass_is_not_skipped() {
    let check = |outcome, status| {
        let mut suite = suite(&[], PASSED);
        suite.tests = vec![test("a", Outcome::Passed), test("b", outcome)];
        let evidence = Evidence::Tested {
            suites: vec![suite],
            warnings: Vec::new(),
            advice: Vec::new(),
            wants_tests: true,
        };
        let must_pass = ["b".to_owned()];
        let terms = Terms {
            must_pass: &must_pass,
            ..Terms::default()
        };
        assert_eq!(judge("x", evidence, terms, Vec::new()).status, status);
    };
    check(Outcome::Passed, Status::Solved);
    check(Outcome::Skipped, Status::TestsFail);
}

#[test]
fn a_suite_that_ended_from_within_is_never_success() {
    let short = End::Short { ran: 1, of: 3 };
    check(vec![suite(&[], short)], Status::Crashed, &["WR0358"]);
}

#[test]
fn commands_are_judged_by_their_end() {
    let run = |exit| Evidence::Commanded {
        last: Some(CommandRun {
            command: "pytest".to_owned(),
            exit,
            output: "said".to_owned(),
            last_line: "said".to_owned(),
            limit: std::time::Duration::from_secs(1),
        }),
    };
    let status = |evidence| judge("x", evidence, Terms::default(), Vec::new()).status;
    assert_eq!(status(run(Some(Exit::Code(0)))), Status::Solved);
    assert_eq!(status(run(Some(Exit::Code(3)))), Status::TestsFail);
    assert_eq!(status(run(Some(Exit::Signal(6)))), Status::Crashed);
    assert_eq!(status(run(None)), Status::TimedOut);
    assert_eq!(status(Evidence::Commanded { last: None }), Status::Solved);
}

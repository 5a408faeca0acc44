//! The judge's table of cases.

mod causes;

use diagnostic::SourceLocation;

use super::*;
use crate::system::Exit;
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
            causes: Vec::new(),
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
    let verdict = judge("x", evidence, CourseRequirements::default(), Vec::new());
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
fn one_todo_reached_twice_is_one_finding() {
    check(
        vec![suite(&[("a", todo()), ("b", todo())], FAILED)],
        Status::Unfinished,
        &["WR0301"],
    );
}

#[test]
fn unfinished_work_comes_before_other_failures() {
    check(
        vec![suite(&[("a", todo()), ("b", assertion("1 == 2"))], FAILED)],
        Status::Unfinished,
        &["WR0301", "WR0353"],
    );
}

#[test]
fn every_failed_assertion_is_reported() {
    check(
        vec![suite(
            &[("a", assertion("1 == 2")), ("b", assertion("1 == 2"))],
            FAILED,
        )],
        Status::TestsFail,
        &["WR0353", "WR0353"],
    );
}

fn raised(text: &str, file: &str, line: u32) -> Failure {
    Failure::Raised {
        text: text.to_owned(),
        place: Some(SourceLocation::line(file, line)),
    }
}

/// The verdict on a suite.
fn verdict_on(suite: Suite) -> Verdict {
    let evidence = Evidence::Tested {
        suites: vec![suite],
        warnings: Vec::new(),
        advice: Vec::new(),
        wants_tests: true,
    };
    judge("x", evidence, CourseRequirements::default(), Vec::new())
}

#[test]
fn one_exception_of_many_tests_is_one_finding() {
    let no_constructor = "TypeError: cannot create 'shop.Cart' instances";
    for text in [
        no_constructor,
        "RuntimeError: Already borrowed",
        "ValueError: no",
    ] {
        let verdict = verdict_on(suite(
            &[
                ("t.py::a", raised(text, "t.py", 3)),
                ("t.py::b", raised(text, "t.py", 9)),
                ("u.py::c", raised(text, "u.py", 4)),
            ],
            FAILED,
        ));
        let [one] = verdict.diagnostics.as_slice() else {
            panic!("{:#?}", verdict.diagnostics)
        };
        let also = diagnostic::Evidence::output("test", "also t.py::b, u.py::c");
        assert!(one.evidence.contains(&also), "{one:#?}");
    }
}

#[test]
fn the_same_message_from_two_places_is_two_findings() {
    check(
        vec![suite(
            &[
                ("t.py::a", raised("ValueError: no", "code.py", 3)),
                ("t.py::b", raised("ValueError: no", "code.py", 9)),
                ("t.py::c", raised("ValueError: others", "t.py", 9)),
            ],
            FAILED,
        )],
        Status::TestsFail,
        &["WR0354", "WR0354", "WR0354"],
    );
}

#[test]
fn what_a_class_lacks_is_one_finding_for_all_tests() {
    for text in [
        "TypeError: cannot create 'shop.Cart' instances",
        "TypeError: object of type 'shop.Cart' has no len()",
    ] {
        let mut suite = suite(
            &[
                ("t.py::a", raised(text, "t.py", 3)),
                ("t.py::b", raised(text, "code.py", 9)),
            ],
            FAILED,
        );
        suite.extension = Some("shop".to_owned());
        let found = verdict_on(suite).diagnostics;
        assert_eq!(found.len(), 1, "{found:#?}");
    }
}

#[test]
fn earlier_failures_are_reported_after_the_crash() {
    let limit = std::time::Duration::from_secs(1);
    let mut cut_off = suite(&[("a", assertion("1 == 2"))], End::TimedOut { limit });
    cut_off.failed[0].text = "E  assert 1 == 2".to_owned();
    check(
        vec![cut_off.clone()],
        Status::TimedOut,
        &["WR0359", "WR0353"],
    );
    cut_off.end = End::Died {
        exit: Exit::Signal(11),
    };
    check(vec![cut_off], Status::Crashed, &["WR0308", "WR0353"]);
    // A program that crashed before any output: there is nothing to report.
    let silent = suite(&[("a", assertion("it failed"))], End::TimedOut { limit });
    check(vec![silent], Status::TimedOut, &["WR0359"]);
}

#[test]
fn an_expected_exception_that_is_not_raised_is_a_failed_test() {
    let nothing = |line| Failure::NothingRaised {
        values: Vec::new(),
        expected: "a `ValueError`".to_owned(),
        place: Some(SourceLocation::line("t.py", line)),
    };
    let verdict = verdict_on(suite(
        &[
            ("t.py::a[1]", nothing(3)),
            ("t.py::a[2]", nothing(3)),
            ("t.py::b", nothing(7)),
        ],
        FAILED,
    ));
    assert_eq!(verdict.diagnostics.len(), 2, "{:#?}", verdict.diagnostics);
    let first = &verdict.diagnostics[0];
    assert_eq!(first.message, "t.py::a[1] failed");
    let message = "a `ValueError` was expected, but nothing was raised";
    let place = SourceLocation::line("t.py", 3);
    assert_eq!(
        first.evidence,
        [
            diagnostic::Evidence::at_text(place, message),
            diagnostic::Evidence::output("test", "also t.py::a[2]"),
        ]
    );
}

#[test]
fn a_missing_attribute_of_the_extension_is_a_missing_name() {
    let of = |extension: &str| {
        let lacks = Failure::NoAttribute {
            text: "AttributeError: module 'shop' has no attribute 'VAT'".to_owned(),
            place: Some(SourceLocation::line("t.py", 3)),
            known: crate::test::Known::default(),
        };
        let mut suite = suite(&[("t.py::a", lacks)], FAILED);
        suite.extension = Some(extension.to_owned());
        vec![suite]
    };
    check(of("shop"), Status::TestsFail, &["WR0356"]);
    check(of("till"), Status::TestsFail, &["WR0354"]);
}

#[test]
fn a_parameter_named_in_a_note_is_shown() {
    for (text, code) in [
        (
            "TypeError: 'int' object is not an instance of 'Sequence'\nwhile processing 'parts'",
            "WR0303",
        ),
        (
            "OverflowError: out of range integral type conversion attempted\nwhile processing 'parts'",
            "WR0304",
        ),
    ] {
        let verdict = verdict_on(suite(&[("t.py::a", raised(text, "t.py", 3))], FAILED));
        let found = &verdict.diagnostics[0];
        assert_eq!(found.code.as_str(), code);
        assert!(found.message.contains("`parts`"), "{found:#?}");
        let place = SourceLocation::line("t.py", 3);
        assert_eq!(
            found.evidence[0],
            diagnostic::Evidence::at_text(place, text)
        );
    }
}

#[test]
fn the_help_says_what_a_class_of_the_extension_lacks() {
    let text = "TypeError: object of type 'shop.Cart' has no len()";
    let mut suite = suite(&[("t.py::a", raised(text, "t.py", 3))], FAILED);
    assert_eq!(verdict_on(suite.clone()).diagnostics[0].hint, None);
    suite.extension = Some("shop".to_owned());
    let hint = verdict_on(suite).diagnostics[0].hint.clone();
    assert_eq!(hint.as_deref(), Some("give `Cart` a `__len__`"));
}

#[test]
fn a_crash_is_never_success() {
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
fn a_run_without_tests_is_not_success() {
    let empty = Suite {
        tests: Vec::new(),
        ..suite(&[], End::Finished { status: 5 })
    };
    check(vec![empty.clone()], Status::TestsFail, &["WR0357"]);
    // If Rust tests ran, a Python suite without tests is fine.
    check(vec![suite(&[], PASSED), empty], Status::Solved, &[]);
    check(vec![], Status::TestsFail, &["WR0357"]);
}

#[test]
fn a_rust_crate_without_tests_passes_with_a_warning() {
    let evidence = Evidence::Tested {
        suites: vec![Suite {
            tests: Vec::new(),
            ..suite(&[], PASSED)
        }],
        warnings: Vec::new(),
        advice: Vec::new(),
        wants_tests: false,
    };
    let verdict = judge("x", evidence, CourseRequirements::default(), Vec::new());
    assert_eq!(verdict.status, Status::Solved);
    assert_eq!(verdict.diagnostics[0].severity, Severity::Warning);
}

#[test]
fn a_missing_name_differs_from_a_missing_module() {
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
        CourseRequirements {
            tampered: std::slice::from_ref(&changed),
            ..CourseRequirements::default()
        },
        Vec::new(),
    );
    assert_eq!(passed.status, Status::Tampered);
    let failed = judge(
        "x",
        evidence(suite(&[("a", todo())], FAILED)),
        CourseRequirements {
            tampered: &[changed],
            ..CourseRequirements::default()
        },
        Vec::new(),
    );
    assert_eq!(failed.status, Status::Unfinished);
    let shown: Vec<_> = failed
        .diagnostics
        .iter()
        .map(|one| (one.code.as_str(), one.severity))
        .collect();
    assert_eq!(
        shown,
        [("WR0301", Severity::Error), ("WR0501", Severity::Warning)]
    );
}

#[test]
fn a_required_test_must_not_be_skipped() {
    let check = |outcome, status| {
        let mut suite = suite(&[], PASSED);
        suite.tests = vec![test("a", Outcome::Passed), test("b", outcome)];
        let evidence = Evidence::Tested {
            suites: vec![suite],
            warnings: Vec::new(),
            advice: Vec::new(),
            wants_tests: true,
        };
        let must_pass = ["b"];
        let requirements = CourseRequirements {
            must_pass: &must_pass,
            ..CourseRequirements::default()
        };
        assert_eq!(
            judge("x", evidence, requirements, Vec::new()).status,
            status
        );
    };
    check(Outcome::Passed, Status::Solved);
    check(Outcome::Skipped, Status::TestsFail);
}

#[test]
fn a_suite_that_exits_early_is_never_success() {
    let short = End::Short { ran: 1, of: 3 };
    check(vec![suite(&[], short)], Status::Crashed, &["WR0358"]);
}

#[test]
fn commands_are_judged_by_their_exit_status() {
    let run = |exit| Evidence::Commanded {
        last: Some(Box::new(CommandRun {
            command: "pytest".to_owned(),
            exit,
            output: "printed".to_owned(),
            last_line: "printed".to_owned(),
            limit: std::time::Duration::from_secs(1),
            printed: Printed::default(),
        })),
    };
    let status = |evidence| judge("x", evidence, CourseRequirements::default(), Vec::new()).status;
    assert_eq!(status(run(Some(Exit::Code(0)))), Status::Solved);
    assert_eq!(status(run(Some(Exit::Code(3)))), Status::TestsFail);
    assert_eq!(status(run(Some(Exit::Signal(6)))), Status::Crashed);
    assert_eq!(status(run(None)), Status::TimedOut);
    assert_eq!(status(Evidence::Commanded { last: None }), Status::Solved);
}

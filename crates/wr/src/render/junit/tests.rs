//! Verdicts as JUnit XML, read back by a parser.

use ::diagnostic::{Code, Diagnostic, Evidence, Severity, SourceLocation};
use engine::{Outcome, RawOutput, Status, Test, Timing, Verdict};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus};

use super::{class_and_name, report};

fn verdict(status: Status) -> Verdict {
    Verdict {
        exercise: "01_intro/01_setup".to_owned(),
        status,
        diagnostics: Vec::new(),
        tests: Vec::new(),
        python: None,
        pythons: Vec::new(),
        timings: Vec::new(),
        output: Vec::new(),
        remembered: false,
    }
}

fn test(id: &str, outcome: Outcome) -> Test {
    Test {
        id: id.to_owned(),
        outcome,
        milliseconds: Some(1500.0),
        place: None,
        message: None,
    }
}

fn finding(code: &str, message: &str, place: Option<SourceLocation>) -> Diagnostic {
    Diagnostic {
        code: code.parse::<Code>().unwrap(),
        severity: Severity::Error,
        message: message.to_owned(),
        evidence: place.into_iter().map(Evidence::at).collect(),
        hint: Some("do this".to_owned()),
    }
}

/// The report after a round trip through its document.
fn read_back(verdicts: &[Verdict]) -> Report {
    let document = report(verdicts).to_string().unwrap();
    Report::deserialize_from_str(&document).unwrap_or_else(|error| panic!("{error}\n{document}"))
}

fn cases(verdict: Verdict) -> Vec<TestCase> {
    let mut report = read_back(&[verdict]);
    report.test_suites.remove(0).test_cases
}

/// Kind, type, message and description of a case that didn't succeed.
fn problem(case: &TestCase) -> (NonSuccessKind, &str, &str, &str) {
    let TestCaseStatus::NonSuccess {
        kind,
        message,
        ty,
        description,
        ..
    } = &case.status
    else {
        panic!("{case:?}");
    };
    assert!(message.is_some(), "{case:?}");
    (
        *kind,
        ty.as_deref().unwrap_or_default(),
        message.as_deref().unwrap_or_default(),
        description.as_deref().unwrap_or_default(),
    )
}

#[test]
fn each_outcome_has_its_element() {
    let mut all = verdict(Status::TestsFail);
    let place = SourceLocation::line("tests/test_a.py", 5);
    all.tests = vec![
        test("tests/test_a.py::test_passes", Outcome::Passed),
        Test {
            place: Some(place.clone()),
            message: Some("assert 41 == 42\n + where".to_owned()),
            ..test("tests/test_a.py::Test::test_fails[a::b]", Outcome::Failed)
        },
        Test {
            message: Some("not on Linux".to_owned()),
            ..test("tests/test_a.py::test_skipped", Outcome::Skipped)
        },
        test("tests/test_a.py::test_xfails", Outcome::XFailed),
    ];
    all.diagnostics = vec![finding(
        "WR0353",
        "tests/test_a.py::Test::test_fails[a::b] failed",
        Some(place),
    )];
    let report = read_back(&[all.clone(), verdict(Status::Solved)]);
    assert_eq!(
        (report.tests, report.failures, report.errors),
        (5, 1, 0),
        "{report:?}"
    );
    let [passed, failed, skipped, xfailed] = &report.test_suites[0].test_cases[..] else {
        panic!("{report:?}");
    };
    assert!(matches!(passed.status, TestCaseStatus::Success { .. }));
    assert_eq!(passed.time.unwrap().as_millis(), 1500);
    assert_eq!(failed.classname.as_deref(), Some("tests.test_a.Test"));
    assert_eq!(failed.name.as_str(), "test_fails[a::b]");
    let (kind, code, message, description) = problem(failed);
    assert_eq!(kind, NonSuccessKind::Failure);
    assert_eq!((code, message), ("WR0353", "assert 41 == 42"));
    assert!(description.contains("--> tests/test_a.py:5"));
    assert!(description.contains("help: do this"));
    for (case, expected) in [(skipped, "not on Linux"), (xfailed, "expected to fail")] {
        assert!(
            matches!(&case.status, TestCaseStatus::Skipped { message: Some(message), .. } if message.as_str() == expected),
            "{case:?}"
        );
    }
    assert_eq!(
        report.test_suites[1].test_cases[0].name.as_str(),
        "wr check"
    );
}

#[test]
fn code_that_cannot_be_tested_is_an_error() {
    for status in [
        Status::DoesNotCompile,
        Status::DoesNotImport,
        Status::Crashed,
        Status::TimedOut,
        Status::Tampered,
        Status::EnvironmentBroken,
    ] {
        let mut broken = verdict(status);
        let place = SourceLocation::column("src/lib.rs", 2, 5);
        broken.diagnostics = vec![finding("WR0351", "mismatched types", Some(place))];
        broken.tests = vec![test("tests/test_a.py::test_ran", Outcome::Passed)];
        let cases = cases(broken.clone());
        let [ran, error] = &cases[..] else {
            panic!("{cases:?}");
        };
        assert!(matches!(ran.status, TestCaseStatus::Success { .. }));
        assert_eq!(error.name.as_str(), "WR0351 src/lib.rs:2:5");
        assert_eq!(error.classname.as_deref(), Some("01_intro/01_setup"));
        let (kind, code, message, _) = problem(error);
        assert_eq!(kind, NonSuccessKind::Error);
        assert_eq!((code, message), ("WR0351", "mismatched types"));
        // Even if no finding says why.
        broken.diagnostics.clear();
        let unexplained = self::cases(broken);
        let (_, _, message, _) = problem(&unexplained[1]);
        assert_eq!(message, status.name());
    }
}

#[test]
fn a_warning_is_not_a_failure() {
    let mut solved = verdict(Status::Solved);
    let mut warning = finding("WR0353", "a warning", None);
    warning.severity = Severity::Warning;
    solved.diagnostics = vec![warning];
    solved.tests = vec![test("test_passes", Outcome::Passed)];
    let report = read_back(&[solved]);
    let suite = &report.test_suites[0];
    assert_eq!((suite.tests, suite.failures, suite.errors), (1, 0, 0));
    assert!(suite.system_out.as_deref().unwrap().contains("a warning"));
}

#[test]
fn what_xml_cannot_contain_is_left_out() {
    let mut hostile = verdict(Status::TestsFail);
    let text = "\u{1b}[31mred\u{1b}[0m <&\"'> ]]> \u{0}\u{8}\u{b}\u{fffe}\u{ffff} \u{1f600} end";
    hostile.exercise = text.to_owned();
    hostile.tests = vec![Test {
        message: Some(text.to_owned()),
        ..test(&format!("a.py::{text}"), Outcome::Failed)
    }];
    hostile.output = vec![RawOutput {
        from: "pytest".to_owned(),
        text: text.to_owned(),
        excerpt: None,
        ends_with_cause: false,
    }];
    let clean = "red <&\"'> ]]>  \u{1f600} end";
    let report = read_back(&[hostile]);
    let suite = &report.test_suites[0];
    assert_eq!(suite.name.as_str(), clean);
    assert_eq!(suite.test_cases[0].name.as_str(), clean);
    let printed = suite.system_out.as_deref().unwrap();
    assert_eq!(printed.trim_end(), format!("pytest:\n{clean}"));
    let (_, _, message, description) = problem(&suite.test_cases[0]);
    assert_eq!((message, description), (clean, clean));
}

#[test]
fn times_are_those_of_the_steps() {
    let mut timed = verdict(Status::Solved);
    let timing = |step: &str, milliseconds| Timing {
        step: step.to_owned(),
        milliseconds,
    };
    timed.timings = vec![
        timing("build", 1000.0),
        timing("python_tests", 500.0),
        timing("python_tests/run", 400.0),
    ];
    let report = read_back(&[timed.clone(), timed]);
    assert_eq!(report.time.unwrap().as_millis(), 3000);
    assert_eq!(report.test_suites[0].time.unwrap().as_millis(), 1500);
}

#[test]
fn identifiers_are_split_into_class_and_name() {
    let class = |class: &str| Some(class.to_owned());
    assert_eq!(
        class_and_name("test_a.py::test_b"),
        (class("test_a"), "test_b")
    );
    assert_eq!(
        class_and_name("unit::module::name"),
        (class("unit::module"), "name")
    );
    assert_eq!(class_and_name("test_b"), (None, "test_b"));
    assert_eq!(
        class_and_name("a.py::A::B::c[::]"),
        (class("a.A.B"), "c[::]")
    );
    assert_eq!(class_and_name("[é::]"), (None, "[é::]"));
}

//! `wr check --format junit`.

use quick_junit::{NonSuccessKind, Report, TestCaseStatus};
use testkit::{Outcome, workshop};

fn report(outcome: &Outcome) -> Report {
    let document = &outcome.stdout;
    Report::deserialize_from_str(document).unwrap_or_else(|error| panic!("{error}\n{document}"))
}

#[test]
fn several_exercises_are_several_suites_of_one_document() {
    let at = workshop!("junit-many");
    at.course()
        .python_exercise(
            "01_junitmany/01_a",
            "import pytest\n\n\ndef test_passes():\n    pass\n\n\ndef test_fails():\n    assert False, 'because'\n\n\n@pytest.mark.skip('why')\ndef test_skipped():\n    pass\n",
        )
        .rust_exercise_with("01_junitmany/02_b", "assert_eq!(crate::two(), 2);", "\"two\"")
        .rust_exercise("01_junitmany/03_c");
    let outcome = at.wr(["check", "--all", "--format", "junit"]).run();
    let report = report(outcome.status(1));
    let [tested, broken, solved] = &report.test_suites[..] else {
        panic!("{report:?}");
    };
    assert_eq!(tested.name.as_str(), "01_junitmany/01_a");
    let counts = (tested.tests, tested.failures, tested.errors, tested.skipped);
    assert_eq!(counts, (3, 1, 0, 1), "{tested:?}");
    let counts = (broken.tests, broken.failures, broken.errors);
    assert_eq!(counts, (1, 0, 1), "{broken:?}");
    let error = &broken.test_cases[0];
    assert!(
        matches!(&error.status, TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, ty: Some(code), .. } if code.as_str() == "WR0351"),
        "{error:?}"
    );
    assert!(error.name.as_str().contains("src/lib.rs:"), "{error:?}");
    assert_eq!((solved.failures, solved.errors), (0, 0), "{solved:?}");
    assert!(solved.tests > 0);
}

#[test]
fn one_exercise_is_one_suite() {
    let at = workshop!("junit-one");
    at.course().rust_exercise("01_junitone/01_a");
    let outcome = at.wr(["check", "1/1", "--format", "junit"]).run();
    let report = report(outcome.status(0));
    assert_eq!(report.test_suites.len(), 1);
    // Colours have no place in a document.
    let coloured = at
        .wr(["check", "1/1", "--format", "junit", "--color", "always"])
        .run();
    assert!(!coloured.status(0).stdout.contains('\u{1b}'));
}

#[test]
fn other_commands_refuse_the_format() {
    let at = workshop!("junit-refused");
    at.course().rust_exercise("01_junitrefused/01_a");
    for args in [
        &[][..],
        &["list"],
        &["watch"],
        &["open", "1/1"],
        &["hint"],
        &["explain"],
        &["inspect", "."],
        &["doctor"],
        &["author", "check"],
    ] {
        let outcome = at.wr([args, &["--format", "junit"]].concat()).run();
        outcome.status(2);
        assert_eq!(outcome.stdout, "", "{args:?}");
        outcome.fails(
            "only `wr check` writes JUnit XML",
            "wr check --format junit",
        );
    }
}

#[test]
fn the_examples_for_ci_write_a_report() {
    let at = workshop!("junit-examples");
    at.course().rust_exercise("01_junitexamples/01_a");
    for example in [
        include_str!("../../../../book/examples/ci/github.yml"),
        include_str!("../../../../book/examples/ci/gitlab.yml"),
    ] {
        let (_, rest) = example.split_once("wr ").unwrap();
        let (command, _) = rest.split_once(" > report.xml").unwrap();
        let outcome = at
            .wr(command.split(' '))
            .at("exercises/01_junitexamples/01_a")
            .run();
        assert_eq!(report(outcome.status(0)).failures, 0);
    }
}

//! JUnit XML for CI systems. The book's page "JUnit reports" describes it.

use std::io;
use std::time::Duration;

use ::diagnostic::{Diagnostic, Severity};
use engine::{Outcome, RawOutput, Status, Test, Verdict};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite, XmlString};

use super::snippet::Sources;
use super::text::Text;
use super::{diagnostic, output};

/// Writes one document about all verdicts to standard output.
pub(super) fn verdicts(verdicts: &[Verdict]) {
    match report(verdicts).to_string() {
        Ok(document) => output::write(&document),
        Err(error) => output::end(&io::Error::other(error)),
    }
}

/// A report with a suite for each subject.
fn report(verdicts: &[Verdict]) -> Report {
    let mut report = Report::new("wr");
    report.set_time(verdicts.iter().map(time_of_steps).sum());
    report.add_test_suites(verdicts.iter().map(suite));
    report
}

fn suite(verdict: &Verdict) -> TestSuite {
    let mut suite = TestSuite::new(xml(&verdict.exercise));
    suite.set_time(time_of_steps(verdict));
    suite.add_property(("status", verdict.status.name()));
    if verdict.remembered {
        suite.add_property(("remembered", "true"));
    }
    suite.add_test_cases(verdict.tests.iter().map(|test| case(test, verdict)));
    suite.add_test_cases(other_findings(verdict));
    if suite.tests == 0 || (!verdict.is_solved() && suite.failures + suite.errors == 0) {
        suite.add_test_case(whole(verdict));
    }
    let printed = printed(verdict);
    if !printed.is_empty() {
        suite.set_system_out(xml(&printed));
    }
    suite
}

/// How long the steps took. The time of a step includes its parts, such as `python_tests/run`.
fn time_of_steps(verdict: &Verdict) -> Duration {
    let steps = verdict.timings.iter().filter(|one| !one.step.contains('/'));
    duration(steps.map(|one| one.milliseconds).sum())
}

fn duration(milliseconds: f64) -> Duration {
    Duration::try_from_secs_f64(milliseconds / 1e3).unwrap_or_default()
}

fn case(test: &Test, verdict: &Verdict) -> TestCase {
    let message = test.message.as_deref().unwrap_or_default();
    let mut status = match test.outcome {
        Outcome::Passed => TestCaseStatus::success(),
        Outcome::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Outcome::Skipped | Outcome::XFailed => TestCaseStatus::skipped(),
    };
    match test.outcome {
        Outcome::Passed => {}
        Outcome::Failed => {
            let findings: Vec<&Diagnostic> = verdict
                .diagnostics
                .iter()
                .filter(|finding| is_about(finding, test))
                .collect();
            if let Some(first) = findings.first() {
                status.set_type(first.code.as_str());
            }
            status.set_message(xml(first_line(message).unwrap_or("the test failed")));
            let description = if findings.is_empty() {
                let place = test.place.as_ref().map(|place| format!("{place}\n"));
                place.unwrap_or_default() + message
            } else {
                findings.into_iter().map(shown).collect()
            };
            status.set_description(xml(description.trim_end()));
        }
        Outcome::Skipped => {
            if let Some(message) = first_line(message) {
                status.set_message(xml(message));
            }
        }
        Outcome::XFailed => {
            status.set_type("pytest.xfail");
            status.set_message(xml(first_line(message).unwrap_or("expected to fail")));
        }
    }
    let (class, name) = class_and_name(&test.id);
    let mut case = TestCase::new(xml(name), status);
    if let Some(class) = class {
        case.set_classname(xml(&class));
    }
    if let Some(milliseconds) = test.milliseconds {
        case.set_time(duration(milliseconds));
    }
    case
}

/// Splits a test's identifier as pytest does: `tests/test_a.py::Test::test_b[x]` is `test_b[x]` of `tests.test_a.Test`.
fn class_and_name(id: &str) -> (Option<String>, &str) {
    // A parameter may contain colons.
    let parameters = id.find('[').unwrap_or(id.len());
    let Some(end) = id.get(..parameters).and_then(|id| id.rfind("::")) else {
        return (None, id);
    };
    let (class, name) = (
        id.get(..end).unwrap_or_default(),
        id.get(end + 2..).unwrap_or_default(),
    );
    let (file, classes) = class.split_once("::").unwrap_or((class, ""));
    let class = match file.strip_suffix(".py") {
        Some(module) if classes.is_empty() => module.replace('/', "."),
        Some(module) => format!(
            "{}.{}",
            module.replace('/', "."),
            classes.replace("::", ".")
        ),
        None => class.to_owned(),
    };
    (Some(class), name)
}

/// Whether a finding is about this test: it names the test, or the place where it failed.
fn is_about(finding: &Diagnostic, test: &Test) -> bool {
    let names_it = finding
        .message
        .strip_prefix(&test.id)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    names_it || (test.place.is_some() && finding.location() == test.place.as_ref())
}

/// The errors that aren't about a failed test, such as a compiler error, each as a test case of its own.
fn other_findings(verdict: &Verdict) -> Vec<TestCase> {
    if verdict.is_solved() {
        return Vec::new();
    }
    verdict
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error && is_of_no_test(finding, verdict))
        .map(|finding| {
            let mut status = TestCaseStatus::non_success(kind(verdict.status));
            status.set_type(finding.code.as_str());
            status.set_message(xml(first_line(&finding.message).unwrap_or_default()));
            status.set_description(xml(shown(finding).trim_end()));
            let name = match finding.location() {
                Some(place) => format!("{} {place}", finding.code),
                None => finding.code.to_string(),
            };
            let mut case = TestCase::new(xml(&name), status);
            case.set_classname(xml(&verdict.exercise));
            case
        })
        .collect()
}

fn is_of_no_test(finding: &Diagnostic, verdict: &Verdict) -> bool {
    let mut failed = verdict
        .tests
        .iter()
        .filter(|test| test.outcome == Outcome::Failed);
    !failed.any(|test| is_about(finding, test))
}

/// A test case for the verdict itself, if no other says that it's solved or that it isn't.
fn whole(verdict: &Verdict) -> TestCase {
    let status = if verdict.is_solved() {
        TestCaseStatus::success()
    } else {
        let mut status = TestCaseStatus::non_success(kind(verdict.status));
        status.set_message(verdict.status.name());
        status
    };
    let mut case = TestCase::new("wr check", status);
    case.set_classname(xml(&verdict.exercise));
    case
}

/// A failure says that the code is wrong, an error that a test couldn't run to its end.
fn kind(status: Status) -> NonSuccessKind {
    match status {
        Status::Solved | Status::Unfinished | Status::TestsFail => NonSuccessKind::Failure,
        Status::DoesNotCompile
        | Status::DoesNotImport
        | Status::Crashed
        | Status::TimedOut
        | Status::Tampered
        | Status::EnvironmentBroken => NonSuccessKind::Error,
    }
}

/// What the tools printed, after the findings that no test case shows.
fn printed(verdict: &Verdict) -> String {
    let advice = verdict.diagnostics.iter().filter(|finding| {
        let is_a_case = finding.severity == Severity::Error && !verdict.is_solved();
        !is_a_case && is_of_no_test(finding, verdict)
    });
    let outputs = verdict
        .output
        .iter()
        .map(|RawOutput { from, text, .. }| format!("{from}:\n{}\n", text.trim_end()));
    advice.map(shown).chain(outputs).collect()
}

/// A finding as text.
fn shown(finding: &Diagnostic) -> String {
    let mut out = Text::with_width(None);
    diagnostic::write(&mut out, finding, &Sources::default());
    textwrap::dedent(&anstream::adapter::strip_str(out.as_str()).to_string())
}

fn first_line(text: &str) -> Option<&str> {
    text.lines().map(str::trim).find(|line| !line.is_empty())
}

/// Text without anything that XML can't contain: terminal colours and control characters.
fn xml(text: &str) -> XmlString {
    let text = anstream::adapter::strip_str(text).to_string();
    XmlString::new(text.replace(['\u{fffe}', '\u{ffff}'], ""))
}

#[cfg(test)]
#[path = "junit/tests.rs"]
mod tests;

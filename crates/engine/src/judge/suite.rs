//! Judges one suite.

use std::fmt::Write;

use anatomy::OutputContext;
use diagnostic::{Diagnostic, Evidence, SourceLocation};

use crate::rules;
use crate::system::Exit;
use crate::test::{End, FailedTest, Failure, Suite};
use crate::verdict::Status;

/// pytest's exit status when it collected nothing (pytest's documentation, "Exit codes").
const NO_TESTS_COLLECTED: i32 = 5;

/// Of two suites with different findings, the heavier status is what the learner hears of first.
pub(super) fn weight(status: Status) -> u8 {
    match status {
        Status::Solved => 0,
        Status::TestsFail => 1,
        // Work that is left explains other failures often enough to be what is told.
        Status::Unfinished => 2,
        Status::DoesNotImport => 3,
        Status::TimedOut => 4,
        Status::Crashed => 5,
        Status::Tampered | Status::DoesNotCompile => 6,
        Status::EnvironmentBroken => 7,
    }
}

/// The status of a suite; its findings are added, the root cause first.
pub(super) fn judge(suite: &Suite, findings: &mut Vec<Diagnostic>) -> Status {
    let running = suite.running.as_deref();
    let last = suite.last_seen.clone();
    match &suite.end {
        End::Died {
            exit: Exit::Signal(signal),
        } => {
            findings.push(rules::crashed::finding(
                *signal,
                running,
                last,
                &suite.trace,
            ));
            Status::Crashed
        }
        End::Died {
            exit: Exit::Code(code),
        } => {
            findings.push(rules::ended_early::finding(*code, running));
            Status::Crashed
        }
        End::Short { .. } if !suite.failed.is_empty() => failures(&suite.failed, findings),
        End::Short { ran, of } => {
            findings.push(rules::ended_early::short(*ran, *of));
            Status::Crashed
        }
        End::TimedOut { limit } => {
            findings.push(rules::timed_out::finding(
                *limit,
                running,
                last,
                &suite.trace,
            ));
            Status::TimedOut
        }
        End::Exceeded { what, used, most } => {
            findings.push(rules::limit_exceeded::finding(what, *used, *most, running));
            Status::TimedOut
        }
        End::Unusable { reason } => {
            findings.push(rules::pytest_refused::unusable(reason));
            Status::EnvironmentBroken
        }
        End::Cancelled | End::Finished { .. } if !suite.failed.is_empty() => {
            failures(&suite.failed, findings)
        }
        End::Finished {
            status: 0 | NO_TESTS_COLLECTED,
        }
        | End::Cancelled => Status::Solved,
        End::Finished { status } => {
            // What a test reached may have ended pytest itself, as a panic in a `__repr__` does that a report asks for.
            let reached = explained(&suite.output, None);
            let finding =
                reached.unwrap_or_else(|| rules::pytest_refused::finding(*status, &suite.output));
            let is_unfinished = finding.code == *anatomy::shared::UNFINISHED.code();
            findings.push(finding);
            if is_unfinished {
                Status::Unfinished
            } else {
                Status::TestsFail
            }
        }
    }
}

fn failures(failed: &[FailedTest], findings: &mut Vec<Diagnostic>) -> Status {
    let mut statuses = Vec::new();
    let mut told: Vec<&Failure> = Vec::new();
    for test in failed {
        let (status, finding) = failure(test);
        statuses.push(status);
        // One `todo!()`, panic or import error reached by ten tests is one thing to do; an assertion is each its own.
        let is_repeated = !matches!(test.failure, Failure::Assertion { .. })
            && told.iter().any(|earlier| **earlier == test.failure);
        if !is_repeated {
            findings.push(finding);
            told.push(&test.failure);
        }
    }
    statuses
        .into_iter()
        .max_by_key(|status| weight(*status))
        .unwrap_or(Status::TestsFail)
}

fn failure(test: &FailedTest) -> (Status, Diagnostic) {
    match &test.failure {
        Failure::Todo { place } => (
            Status::Unfinished,
            rules::todo_reached::finding(place.clone(), &test.id),
        ),
        Failure::Panicked { text, place } => (
            Status::TestsFail,
            rules::rust_panic::finding(text, place.clone(), &test.id),
        ),
        Failure::Assertion { text, place } => (
            Status::TestsFail,
            rules::test_failed::finding(&test.id, text, place.clone()),
        ),
        Failure::Raised { text, place } => (
            Status::TestsFail,
            explained(text, place.as_ref())
                .unwrap_or_else(|| rules::test_error::finding(&test.id, text, place.clone())),
        ),
        Failure::Import {
            text,
            module,
            place,
            defined,
        } => {
            let finding = match missing_name(text) {
                Some((name, module)) => rules::name_not_in_module::finding(
                    name,
                    module,
                    text,
                    place.clone(),
                    defined.as_ref(),
                ),
                None => explained(text, place.as_ref()).unwrap_or_else(|| {
                    rules::import_failed::finding(module.as_deref(), text, place.clone())
                }),
            };
            (Status::DoesNotImport, finding)
        }
    }
}

/// The cause behind what Python said, where the words are known, with the place it was seen at.
fn explained(text: &str, place: Option<&SourceLocation>) -> Option<Diagnostic> {
    let context = OutputContext::new().speaker("Python");
    let mut finding = anatomy::explain_output(text, &context).into_iter().next()?;
    if let Some(place) = place {
        let seen = Evidence::at_text(place.clone(), text.lines().next().unwrap_or_default());
        finding.evidence.insert(0, seen);
    }
    Some(finding)
}

/// The name and the module of `cannot import name 'f' from 'm' (file)`.
pub(crate) fn missing_name(text: &str) -> Option<(&str, &str)> {
    let rest = text.split_once("cannot import name '")?.1;
    let (name, rest) = rest.split_once("' from '")?;
    Some((name, rest.split('\'').next()?))
}

/// What is worth showing of a suite below the findings.
pub(super) fn output(suite: &Suite) -> String {
    let mut text = String::new();
    for failed in &suite.failed {
        if !failed.text.trim().is_empty() {
            let _ = write!(text, "{}\n{}\n\n", failed.id, failed.text.trim_end());
        }
    }
    if text.is_empty() {
        text.push_str(&suite.output);
    }
    text
}

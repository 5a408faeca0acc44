//! Judges one suite.

use anatomy::shared::{PANIC, UNSENDABLE};
use diagnostic::{Diagnostic, Evidence, Severity, SourceLocation, some};

use super::failure::{explained, failure};
use super::help::Hang;
use super::{Project, help};
use crate::rules;
use crate::system::Exit;
use crate::test::panics;
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

/// What a failure is judged by.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    /// The module under test, where there is one.
    pub(super) extension: Option<&'c str>,
    pub(super) project: &'c Project,
}

/// The status of a suite; its findings are added, the root cause first.
pub(super) fn judge(suite: &Suite, project: &Project, findings: &mut Vec<Diagnostic>) -> Status {
    let context = Context {
        extension: suite.extension.as_deref(),
        project,
    };
    let Some(hidden) = suite.loaded.iter().find(|loaded| !loaded.is_fresh) else {
        return judge_end(suite, context, findings);
    };
    // Nothing that was tested is the extension's, so what was missed in it tells only of the other module.
    let mut rest = Vec::new();
    let status = judge_end(suite, context, &mut rest);
    let extension = suite.extension.as_deref().unwrap_or_default();
    findings.push(rules::hidden_module::finding(hidden, extension));
    rest.retain(|finding| !rules::is_consequence(finding));
    findings.append(&mut rest);
    if weight(status) > weight(Status::DoesNotImport) {
        status
    } else {
        Status::DoesNotImport
    }
}

/// The same by how it ended and what failed.
fn judge_end(suite: &Suite, context: Context<'_>, findings: &mut Vec<Diagnostic>) -> Status {
    let status = end(suite, context, findings);
    let is_cut_off = matches!(
        suite.end,
        End::Died { .. } | End::TimedOut { .. } | End::Exceeded { .. }
    );
    if is_cut_off {
        // What had failed by then is worth as much as ever, where the framework came to say why; how the suite ended is what is
        // told first.
        let accounted = |test: &&FailedTest| !test.text.trim().is_empty();
        failures(suite.failed.iter().filter(accounted), context, findings);
    }
    status
}

/// The same of how it ended alone, and where it came to its end of what failed.
fn end(suite: &Suite, context: Context<'_>, findings: &mut Vec<Diagnostic>) -> Status {
    let running = suite.running.as_deref();
    let last = suite.last_seen.clone();
    match &suite.end {
        End::Died {
            exit: Exit::Signal(signal),
        } => {
            findings.push(rules::crashed::finding(
                *signal,
                &during(suite),
                last,
                first_panic(&suite.output),
                &suite.trace,
                context.project.dependencies.panic_abort(),
            ));
            Status::Crashed
        }
        End::Died {
            exit: Exit::Code(code),
        } => {
            findings.push(rules::ended_early::finding(*code, &during(suite)));
            Status::Crashed
        }
        End::Short { .. } | End::Cancelled | End::Finished { .. } if !suite.failed.is_empty() => {
            failures(suite.failed.iter(), context, findings)
        }
        End::Short { ran, of } => {
            findings.push(rules::ended_early::short(*ran, *of));
            Status::Crashed
        }
        End::TimedOut { limit } => {
            let finding = rules::timed_out::finding(*limit, running, last, &suite.trace);
            findings.push(match help::of_a_hang(suite, context) {
                Some(Hang { hint, evidence }) => {
                    let mut finding = finding.hint(hint);
                    // Before the account of all threads, behind the line of Python.
                    let at = finding.evidence.len().min(1);
                    finding.evidence.splice(at..at, evidence);
                    finding
                }
                None => finding,
            });
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
        End::Finished {
            status: 0 | NO_TESTS_COLLECTED,
        }
        | End::Cancelled => Status::Solved,
        End::Finished { status } => {
            // What a test reached may have ended pytest itself, as a panic in a `__repr__` does that a report asks for.
            let reached = explained(&suite.output, None, context.project);
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

/// What Rust is to blame for among what was raised where nobody could take it, each once. No test fails for it, so it is a
/// warning.
pub(super) fn untaken(suite: &Suite, project: &Project, findings: &mut Vec<Diagnostic>) {
    for (test, text) in &suite.untaken {
        let Some(finding) = explained(text, None, project) else {
            continue;
        };
        let is_rusts = [&PANIC, &UNSENDABLE]
            .iter()
            .any(|rule| *rule.code() == finding.code);
        let is_known = findings
            .iter()
            .any(|known| (&known.code, &known.message) == (&finding.code, &finding.message));
        if is_rusts && !is_known {
            let finding = finding.severity(Severity::Warning);
            findings.push(finding.because(Evidence::output(
                "test",
                format!("raised where nobody could take it, by the end of {test}"),
            )));
        }
    }
}

/// Where a process that died had panicked first, and what it said: what follows is of the panic that ended it.
pub(super) fn first_panic(said: &str) -> Option<(SourceLocation, String)> {
    panics::find(said).into_iter().find_map(|panic| {
        let file = panic.place.file;
        // The standard library's own panics say that one may not go on.
        let is_of_std = file.starts_with("library/") || file.starts_with("/rustc/");
        let line = panic.place.line.filter(|_| !is_of_std)?;
        let message = panic.text.lines().next().unwrap_or_default();
        Some((SourceLocation::line(file, line), message.trim().to_owned()))
    })
}

/// What ran when a suite ended: a test, or what comes before and after all of them.
fn during(suite: &Suite) -> String {
    match &suite.running {
        Some(test) => format!("in {test}"),
        None if suite.tests.is_empty() => "before the first test".to_owned(),
        None => "after the last test, when the process came to its end".to_owned(),
    }
}

fn failures<'s>(
    failed: impl Iterator<Item = &'s FailedTest>,
    context: Context<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Status {
    let mut statuses = Vec::new();
    let mut told: Vec<GroupedFinding<'_>> = Vec::new();
    for test in failed {
        let (status, finding) = failure(test, context);
        statuses.push(status);
        match told.iter_mut().find(|one| one.is_also(test, &finding)) {
            Some(same) => {
                same.others.push(&test.id);
                // One of them may show what the others do not.
                if same.finding.hint.is_none() && finding.hint.is_some() {
                    same.finding = finding;
                }
            }
            None => told.push(GroupedFinding {
                first: test,
                finding,
                others: Vec::new(),
            }),
        }
    }
    findings.extend(told.into_iter().map(GroupedFinding::into_finding));
    statuses
        .into_iter()
        .max_by_key(|status| weight(*status))
        .unwrap_or(Status::TestsFail)
}

/// A finding with the tests that lead to it.
struct GroupedFinding<'s> {
    first: &'s FailedTest,
    finding: Diagnostic,
    others: Vec<&'s str>,
}

impl GroupedFinding<'_> {
    /// Whether a test only meets the same thing once more: one `todo!()`, panic or exception met by ten tests is one thing
    /// to do, whichever of their lines they meet it in. An assertion is each its own.
    fn is_also(&self, test: &FailedTest, finding: &Diagnostic) -> bool {
        if matches!(test.failure, Failure::Assertion { .. }) {
            return false;
        }
        let (here, words) = self.first.failure.place_and_text();
        let (there, other_words) = test.failure.place_and_text();
        // A panic of the code under test is one thing to do wherever it is met, though an index is in its words.
        let is_panic = |failure: &Failure| matches!(failure, Failure::Panicked { inside: None, place: Some(place), .. } if place.line.is_some());
        let is_one_panic =
            is_panic(&self.first.failure) && is_panic(&test.failure) && here == there;
        let is_in_vain = |failure: &Failure| match failure {
            Failure::NothingRaised { expected, .. } => Some(expected.clone()),
            _ => None,
        };
        let is_in_vain_again = here == there
            && is_in_vain(&self.first.failure).is_some()
            && is_in_vain(&self.first.failure) == is_in_vain(&test.failure);
        if is_one_panic || is_in_vain_again {
            return true;
        }
        let is_raised = |failure: &Failure| matches!(failure, Failure::Raised { .. });
        let is_one_place =
            is_own(&self.first.id, here.as_ref()) && is_own(&test.id, there.as_ref());
        let is_same_exception = is_raised(&self.first.failure)
            && is_raised(&test.failure)
            && words == other_words
            && (is_one_place || names_what_is_missing(finding));
        let is_same =
            |one: &Diagnostic| (&one.code, &one.message) == (&finding.code, &finding.message);
        self.first.failure == test.failure
            || is_same_exception
            || (is_same(&self.finding) && self.finding.location() == finding.location())
    }

    fn into_finding(self) -> Diagnostic {
        const MOST: usize = 3;
        // Of work that is left, and of an import, it is no news that others need it too.
        let is_news = !matches!(
            self.first.failure,
            Failure::Todo { .. } | Failure::Import { .. }
        );
        if self.others.is_empty() || !is_news {
            return self.finding;
        }
        let also = format!("also {}", some(&self.others, MOST));
        self.finding.because(Evidence::output("test", also))
    }
}

/// Whether a finding says what a class lacks: then it is one thing to do, wherever it is missed.
fn names_what_is_missing(finding: &Diagnostic) -> bool {
    finding.code == *anatomy::shared::NO_CONSTRUCTOR.code()
        || (finding.code == *rules::test_error::RULE.code() && finding.hint.is_some())
}

/// Whether a place is a line of the test's own file: then what was called from there is the cause, and not the line.
fn is_own(test: &str, place: Option<&SourceLocation>) -> bool {
    let file = test.split("::").next().unwrap_or(test);
    place.is_some_and(|place| place.file == file)
}

/// The class, without its module, of `m.C is unsendable, but sent to another thread`.
pub(crate) fn unsendable_class(text: &str) -> Option<&str> {
    let (before, _) = text.split_once(" is unsendable, but ")?;
    before.rsplit([' ', ':', '.']).next()
}

/// The name and the module of `cannot import name 'f' from 'm' (file)`.
pub(crate) fn missing_name(text: &str) -> Option<(&str, &str)> {
    let rest = text.split_once("cannot import name '")?.1;
    let (name, rest) = rest.split_once("' from '")?;
    Some((name, rest.split('\'').next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_panic_is_the_cause_of_those_that_follow() {
        let said = "before\nthread '<unnamed>' (30577) panicked at src/lib.rs:43:55:\nnothing to sort\nstack backtrace:\n\
                    thread '<unnamed>' panicked at library/core/src/panicking.rs:225:5:\npanic in a function that cannot unwind\n";
        let (place, message) = first_panic(said).unwrap();
        assert_eq!(
            (place.to_string(), message),
            ("src/lib.rs:43".to_owned(), "nothing to sort".to_owned())
        );
        let later = said.split_once("backtrace:\n").unwrap().1;
        assert_eq!(first_panic(later), None);
    }

    #[test]
    fn a_class_is_named_without_its_module() {
        let text = "assertion `left == right` failed: fast::Cache is unsendable, but sent to another thread\n  left: 1";
        assert_eq!(unsendable_class(text), Some("Cache"));
        assert_eq!(unsendable_class("index out of bounds"), None);
    }
}

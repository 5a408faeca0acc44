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

/// pytest's exit status for an error in itself or a plugin.
const INTERNAL_ERROR: i32 = 3;

/// If two suites have different statuses, the heavier one is reported first.
pub(super) fn weight(status: Status) -> u8 {
    match status {
        Status::Solved => 0,
        Status::TestsFail => 1,
        // Unfinished work often explains other failures.
        Status::Unfinished => 2,
        Status::DoesNotImport => 3,
        Status::TimedOut => 4,
        Status::Crashed => 5,
        Status::Tampered | Status::DoesNotCompile => 6,
        Status::EnvironmentBroken => 7,
    }
}

/// The context in which a failure is judged.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    /// The module under test, if there is one.
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
    // The tests didn't run the extension, so a missing name says something only about the other module.
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

/// The status of a suite from how it ended and from its failures.
fn judge_end(suite: &Suite, context: Context<'_>, findings: &mut Vec<Diagnostic>) -> Status {
    let status = end(suite, context, findings);
    let is_cut_off = matches!(
        suite.end,
        End::Died { .. } | End::TimedOut { .. } | End::Exceeded { .. }
    );
    if is_cut_off {
        // Failures up to then still count if the framework reported why. How the suite ended comes first.
        let is_reported = |test: &&FailedTest| !test.text.trim().is_empty();
        failures(suite.failed.iter().filter(is_reported), context, findings);
    }
    status
}

/// The status from how a suite ended, and, if it ran to the end, from its failures.
fn end(suite: &Suite, context: Context<'_>, findings: &mut Vec<Diagnostic>) -> Status {
    let running = suite.running.as_deref();
    let last = suite.last_place.clone();
    match &suite.end {
        End::Died {
            exit: Exit::Signal(signal),
        } => {
            findings.push(rules::crashed::finding(
                *signal,
                &during(suite),
                last,
                first_panic(&suite.output, context.project),
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
            let status = failures(suite.failed.iter(), context, findings);
            // pytest stopped there, and the tests after it weren't run.
            if suite.end
                == (End::Finished {
                    status: INTERNAL_ERROR,
                })
                && suite.output.contains("INTERNALERROR>")
            {
                findings.push(rules::pytest_refused::stopped(
                    suite.tests.len(),
                    &suite.output,
                ));
            }
            status
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
                    // Before the dump of all threads, after the Python line.
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
        End::Unstartable { finding } => {
            findings.push((**finding).clone());
            Status::EnvironmentBroken
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
            // The tested code may have killed pytest itself, for example with a panic in a `__repr__` that a report calls.
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

/// Warns, once each, about unraisable exceptions that Rust code caused. They make no test fail.
pub(super) fn unraisable(suite: &Suite, project: &Project, findings: &mut Vec<Diagnostic>) {
    for (test, text) in &suite.unraisable {
        let Some(finding) = explained(text, None, project) else {
            continue;
        };
        let is_from_rust = [&PANIC, &UNSENDABLE]
            .iter()
            .any(|rule| *rule.code() == finding.code);
        let is_known = findings
            .iter()
            .any(|known| (&known.code, &known.message) == (&finding.code, &finding.message));
        if is_from_rust && !is_known {
            let finding = finding.severity(Severity::Warning);
            findings.push(finding.because(Evidence::output(
                "test",
                format!("raised where nothing could catch it, during or before {test}"),
            )));
        }
    }
}

/// Where a process that crashed panicked first, and the message. Later panics are consequences.
pub(super) fn first_panic(output: &str, project: &Project) -> Option<(SourceLocation, String)> {
    panics::find(output).into_iter().find_map(|panic| {
        let file = panic.place.file;
        // A panic in the standard library itself only says that unwinding can't continue.
        let is_of_std = file.starts_with("library/") || file.starts_with("/rustc/");
        let line = panic.place.line.filter(|_| !is_of_std)?;
        let message = panic.text.lines().next().unwrap_or_default();
        let place = SourceLocation::line(project.shown(&file), line);
        Some((place, message.trim().to_owned()))
    })
}

/// What was running when a suite ended: a test, or the code before or after all of them.
fn during(suite: &Suite) -> String {
    match &suite.running {
        Some(test) => format!("in {test}"),
        None if suite.tests.is_empty() => "before the first test".to_owned(),
        None => "after the last test, while the process was exiting".to_owned(),
    }
}

fn failures<'s>(
    failed: impl Iterator<Item = &'s FailedTest>,
    context: Context<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Status {
    let mut statuses = Vec::new();
    let mut groups: Vec<GroupedFinding<'_>> = Vec::new();
    for test in failed {
        let (status, finding) = failure(test, context);
        statuses.push(status);
        match groups.iter_mut().find(|one| one.includes(test, &finding)) {
            Some(same) => {
                same.others.push(&test.id);
                same.is_in_several_places |= same.finding.location() != finding.location();
                // One of them may have help that the others lack.
                if same.finding.hint.is_none() && finding.hint.is_some() {
                    same.finding = finding;
                }
            }
            None => groups.push(GroupedFinding {
                first: test,
                finding,
                others: Vec::new(),
                is_in_several_places: false,
            }),
        }
    }
    let grouped = groups.into_iter().map(GroupedFinding::into_finding);
    findings.extend(rules::same_module_name::folded(grouped.collect()));
    statuses
        .into_iter()
        .max_by_key(|status| weight(*status))
        .unwrap_or(Status::TestsFail)
}

/// A finding with the tests that have it.
struct GroupedFinding<'s> {
    first: &'s FailedTest,
    finding: Diagnostic,
    others: Vec<&'s str>,
    /// Whether the tests meet it in different lines.
    is_in_several_places: bool,
}

impl GroupedFinding<'_> {
    /// Whether a test fails for the same reason: if ten tests reach one `todo!()`, panic or exception, there is one thing to
    /// fix, whichever of their lines reach it. The same goes for one import that fails in ten files. Each failed assertion
    /// counts separately.
    fn includes(&self, test: &FailedTest, finding: &Diagnostic) -> bool {
        if matches!(test.failure, Failure::Assertion { .. }) {
            return false;
        }
        let (here, message) = self.first.failure.place_and_text();
        let (there, other_message) = test.failure.place_and_text();
        // A panic in the code under test is one thing to fix, even if its message contains a varying index.
        let is_panic = |failure: &Failure| matches!(failure, Failure::Panicked { inside: None, place: Some(place), .. } if place.line.is_some());
        let is_one_panic =
            is_panic(&self.first.failure) && is_panic(&test.failure) && here == there;
        let not_raised = |failure: &Failure| match failure {
            Failure::NothingRaised { expected, .. } => Some(expected.clone()),
            _ => None,
        };
        let is_same_not_raised = here == there
            && not_raised(&self.first.failure).is_some()
            && not_raised(&self.first.failure) == not_raised(&test.failure);
        if is_one_panic || is_same_not_raised {
            return true;
        }
        let is_raised = |failure: &Failure| matches!(failure, Failure::Raised { .. });
        let is_one_place =
            is_own(&self.first.id, here.as_ref()) && is_own(&test.id, there.as_ref());
        let is_same_exception = is_raised(&self.first.failure)
            && is_raised(&test.failure)
            && message == other_message
            && (is_one_place || names_what_is_missing(finding) || is_of_fixture(&message));
        let is_same =
            |one: &Diagnostic| (&one.code, &one.message) == (&finding.code, &finding.message);
        let is_same_import = self.is_import()
            && matches!(test.failure, Failure::Import { .. })
            && message == other_message
            && is_same(&self.finding);
        self.first.failure == test.failure
            || is_same_exception
            || is_same_import
            || (is_same(&self.finding) && self.finding.location() == finding.location())
    }

    fn is_import(&self) -> bool {
        matches!(self.first.failure, Failure::Import { .. })
    }

    fn into_finding(self) -> Diagnostic {
        const MOST: usize = 3;
        // That other tests need the same unfinished code, or one line's import, goes without saying.
        let is_todo = matches!(self.first.failure, Failure::Todo { .. });
        let is_news = !is_todo && (!self.is_import() || self.is_in_several_places);
        if self.others.is_empty() || !is_news {
            return self.finding;
        }
        let also = format!("also {}", some(&self.others, MOST));
        self.finding.because(Evidence::output("test", also))
    }
}

/// Whether a finding says what a class lacks: that is one thing to fix, however many tests need it.
fn names_what_is_missing(finding: &Diagnostic) -> bool {
    finding.code == *anatomy::shared::NO_CONSTRUCTOR.code()
        || (finding.code == *rules::test_error::RULE.code() && finding.hint.is_some())
}

/// Whether pytest reports a missing fixture: that's one thing to fix, whichever tests ask for it.
fn is_of_fixture(message: &str) -> bool {
    message.starts_with("FixtureLookupError: ")
}

/// Whether a place is a line of the test's own file: then the cause is in what that line calls, not in the line.
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
    fn the_first_panic_is_the_cause_of_later_ones() {
        let output = "before\nthread '<unnamed>' (30577) panicked at src/lib.rs:43:55:\nnothing to sort\nstack backtrace:\n\
                    thread '<unnamed>' panicked at library/core/src/panicking.rs:225:5:\npanic in a function that cannot unwind\n";
        let mut project = Project::default();
        let (place, message) = first_panic(output, &project).unwrap();
        assert_eq!(
            (place.to_string(), message),
            ("src/lib.rs:43".to_owned(), "nothing to sort".to_owned())
        );
        let later = output.split_once("backtrace:\n").unwrap().1;
        assert_eq!(first_panic(later, &project), None);
        // The compiler's name of a file in a workspace.
        for name in ["lib.rs", "src/lib.rs"] {
            project.sources.insert(name.to_owned(), String::new());
        }
        let place_in = |file: &str| {
            let output = output.replace("src/lib.rs", file);
            first_panic(&output, &project).unwrap().0.to_string()
        };
        assert_eq!(place_in("01_a/02_x/src/lib.rs"), "src/lib.rs:43");
        assert_eq!(
            place_in("/registry/rayon-1.0/src/lib.rs"),
            "/registry/rayon-1.0/src/lib.rs:43"
        );
        assert_eq!(
            place_in("01_a/02_x/src/other.rs"),
            "01_a/02_x/src/other.rs:43"
        );
    }

    #[test]
    fn a_class_is_named_without_its_module() {
        let text = "assertion `left == right` failed: fast::Cache is unsendable, but sent to another thread\n  left: 1";
        assert_eq!(unsendable_class(text), Some("Cache"));
        assert_eq!(unsendable_class("index out of bounds"), None);
    }
}

//! Judges one suite.

use anatomy::OutputContext;
use anatomy::shared::{PANIC, UNSENDABLE};
use diagnostic::{Diagnostic, Evidence, Severity, SourceLocation, some};

use super::help::Hang;
use super::{Project, class_help, help};
use crate::rules;
use crate::system::Exit;
use crate::test::panics;
use crate::test::python::missing_attribute;
use crate::test::{End, FailedTest, Failure, Suite, nothing_raised};
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

/// What Rust is to blame for among what was raised where nobody could take it, each once. No test fails for it, so it is a
/// warning.
pub(super) fn untaken(suite: &Suite, findings: &mut Vec<Diagnostic>) {
    for (test, text) in &suite.untaken {
        let Some(finding) = explained(text, None) else {
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
fn first_panic(said: &str) -> Option<(SourceLocation, String)> {
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
    let mut told: Vec<Told<'_>> = Vec::new();
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
            None => told.push(Told {
                first: test,
                finding,
                others: Vec::new(),
            }),
        }
    }
    findings.extend(told.into_iter().map(Told::into_finding));
    statuses
        .into_iter()
        .max_by_key(|status| weight(*status))
        .unwrap_or(Status::TestsFail)
}

/// A finding with the tests that lead to it.
struct Told<'s> {
    first: &'s FailedTest,
    finding: Diagnostic,
    others: Vec<&'s str>,
}

impl Told<'_> {
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

fn failure(test: &FailedTest, context: Context<'_>) -> (Status, Diagnostic) {
    let extension = context.extension;
    let help = || help::of(test, context);
    match &test.failure {
        Failure::Todo { place } => (
            Status::Unfinished,
            rules::todo_reached::finding(place.clone(), &test.id),
        ),
        Failure::Panicked {
            text,
            place,
            inside,
        } => (
            Status::TestsFail,
            match unsendable_class(text) {
                // A panic by PyO3 that says what it is about.
                Some(_) => explained(text, place.as_ref()),
                None => rules::import_failed::at_run_time(
                    text,
                    place.clone(),
                    &test.id,
                    &context.project.dependencies,
                ),
            }
            .unwrap_or_else(|| {
                let printed = format!("{}\n{}", test.text, test.printed);
                let earlier = first_panic(&printed)
                    .filter(|_| rules::rust_panic::is_of_another(text))
                    .filter(|(_, message)| !rules::rust_panic::is_of_another(message));
                match earlier {
                    Some((place, message)) => {
                        rules::rust_panic::finding(&message, Some(place), None, &test.id).because(
                            Evidence::output("then", text.lines().next().unwrap_or_default()),
                        )
                    }
                    None => {
                        let place = own_place(test, place.as_ref(), context);
                        let finding =
                            rules::rust_panic::finding(text, place, inside.as_deref(), &test.id);
                        helped(finding, help())
                    }
                }
            }),
        ),
        Failure::Assertion { text, place } => (
            Status::TestsFail,
            helped(
                rules::test_failed::finding(
                    &test.id,
                    text,
                    own_place(test, place.as_ref(), context),
                ),
                class_help::of_assertion(text, extension).or_else(help),
            ),
        ),
        Failure::NothingRaised {
            expected,
            values,
            place,
        } => {
            let said = nothing_raised(expected, values);
            let finding = rules::test_failed::finding(&test.id, &said, place.clone());
            (Status::TestsFail, helped(finding, help()))
        }
        Failure::NoAttribute { text, place, known } => {
            let missed = missing_attribute(text);
            let finding = match missed.filter(|(_, module)| extension == Some(*module)) {
                Some((name, module)) => {
                    let place = place.clone();
                    rules::name_not_in_module::finding(name, module, text, place, known, extension)
                }
                None => raised(text, place.as_ref(), test, context),
            };
            (Status::TestsFail, finding)
        }
        Failure::Raised { text, place } => (
            Status::TestsFail,
            raised(text, place.as_ref(), test, context),
        ),
        Failure::Import {
            text,
            module,
            place,
            known,
        } => {
            let finding = match missing_name(text) {
                Some((name, module)) => {
                    let place = place.clone();
                    rules::name_not_in_module::finding(name, module, text, place, known, extension)
                }
                None => explained(text, place.as_ref()).unwrap_or_else(|| {
                    rules::import_failed::finding(
                        module.as_deref(),
                        text,
                        place.clone(),
                        extension,
                        &context.project.dependencies,
                    )
                }),
            };
            // What the tests or the project need besides says nothing of the extension.
            let is_of_others = extension.is_some_and(|extension| {
                rules::import_failed::is_of_others(module.as_deref(), text, extension)
            });
            let status = if is_of_others {
                Status::TestsFail
            } else {
                Status::DoesNotImport
            };
            (status, finding)
        }
    }
}

/// Where a failure happened, but never in a file of somebody else's: then it is where the test is written.
fn own_place(
    test: &FailedTest,
    place: Option<&SourceLocation>,
    context: Context<'_>,
) -> Option<SourceLocation> {
    let place = place?;
    if panics::owner(&place.file).is_none() {
        return Some(place.clone());
    }
    let name = test.id.rsplit("::").next()?;
    let mut found = context
        .project
        .functions()
        .filter(|(_, one)| one.name == name && one.has_attribute("test"));
    let (file, function) = found.next()?;
    let is_only = found.next().is_none();
    is_only.then(|| SourceLocation::line(file, function.line))
}

/// The finding of an exception.
fn raised(
    text: &str,
    place: Option<&SourceLocation>,
    test: &FailedTest,
    context: Context<'_>,
) -> Diagnostic {
    explained(text, place).unwrap_or_else(|| {
        let finding = rules::test_error::finding(&test.id, text, place.cloned());
        let help = class_help::of_exception(text, context.extension);
        helped(finding, help.or_else(|| help::of(test, context)))
    })
}

fn helped(finding: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => finding.hint(help),
        None => finding,
    }
}

/// The cause behind what Python said, where the words are known, with the place it was seen at.
fn explained(text: &str, place: Option<&SourceLocation>) -> Option<Diagnostic> {
    let context = OutputContext::new().speaker("Python");
    let mut finding = anatomy::explain_output(text, &context).into_iter().next()?;
    if let Some(place) = place {
        let first = text.lines().next().unwrap_or_default();
        // The same words need not be told twice.
        finding
            .evidence
            .retain(|one| !matches!(one, Evidence::Output { text, .. } if text == first));
        // PyO3 notes below the message which parameter it was about.
        let notes = text
            .lines()
            .skip(1)
            .filter(|line| line.starts_with("while processing '"));
        let said: Vec<&str> = std::iter::once(first).chain(notes).collect();
        finding
            .evidence
            .insert(0, Evidence::at_text(place.clone(), said.join("\n")));
    }
    Some(finding)
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

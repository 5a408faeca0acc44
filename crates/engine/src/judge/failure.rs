//! Judges one failed test: its status, and the finding with its cause.

use anatomy::OutputContext;
use diagnostic::{Diagnostic, Evidence, SourceLocation};

use super::suite::{Context, first_panic, missing_name, unsendable_class};
use super::{Project, class_help, help};
use crate::rules::{self, missing_plugin};
use crate::system::Exit;
use crate::test::python::{import_of, missing_attribute};
use crate::test::{FailedTest, Failure, nothing_raised, panics};
use crate::verdict::Status;

/// The status and the finding of a failed test.
pub(super) fn failure(test: &FailedTest, context: Context<'_>) -> (Status, Diagnostic) {
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
            panicked(test, text, place.as_ref(), inside.as_deref(), context),
        ),
        Failure::WorkerEnded { exit, place, trace } => (
            Status::Crashed,
            worker_ended(*exit, place.as_ref(), trace, &test.id, context),
        ),
        Failure::Assertion { text, .. } if missing_plugin::of_async_tests(text).is_some() => (
            Status::TestsFail,
            // pytest reports this from a line of its own code.
            with_help(
                rules::test_failed::finding(&test.id, text, None),
                missing_plugin::of_async_tests(text).map(str::to_owned),
            ),
        ),
        Failure::Assertion { text, place } => (
            Status::TestsFail,
            with_help(
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
            let text = nothing_raised(expected, values);
            let finding = rules::test_failed::finding(&test.id, &text, place.clone());
            (Status::TestsFail, with_help(finding, help()))
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
            // If the missing package is the project's own, the help differs.
            let top = module.as_deref().and_then(|name| name.split('.').next());
            let package = context.project.package.as_deref();
            let is_own_package = top.is_some() && top == package;
            let finding = match missing_name(text) {
                Some((name, module)) => {
                    let place = place.clone();
                    rules::name_not_in_module::finding(name, module, text, place, known, extension)
                }
                None => explained(text, place.as_ref(), context.project).unwrap_or_else(|| {
                    rules::import_failed::finding(
                        module.as_deref(),
                        text,
                        place.clone(),
                        package.filter(|_| is_own_package).or(extension),
                        &context.project.dependencies,
                    )
                }),
            };
            // A missing third-party package says nothing about the extension.
            let is_unrelated = extension.is_some_and(|extension| {
                // If only the extension was imported, it's the extension that fails, whatever is missing.
                test.id != import_of(extension)
                    && rules::import_failed::is_unrelated(module.as_deref(), text, extension)
                    && !is_own_package
            });
            let status = if is_unrelated {
                Status::TestsFail
            } else {
                Status::DoesNotImport
            };
            (status, finding)
        }
    }
}

/// The finding when the process that ran this test exited in the middle of it.
fn worker_ended(
    exit: Exit,
    place: Option<&SourceLocation>,
    trace: &str,
    test: &str,
    context: Context<'_>,
) -> Diagnostic {
    let during = format!("in {test}");
    match exit {
        Exit::Signal(signal) => {
            let abort = context.project.dependencies.panic_abort();
            let panic = first_panic(trace, context.project);
            rules::crashed::finding(signal, &during, place.cloned(), panic, trace, abort)
        }
        Exit::Code(code) => rules::ended_early::finding(code, &during),
    }
}

/// The finding of a panic: a message from PyO3, a missing module, or the earlier panic that caused it.
fn panicked(
    test: &FailedTest,
    text: &str,
    place: Option<&SourceLocation>,
    inside: Option<&str>,
    context: Context<'_>,
) -> Diagnostic {
    let known = match unsendable_class(text) {
        // PyO3 panics with a message that explains the cause.
        Some(_) => explained(text, place, context.project),
        None => rules::import_failed::at_run_time(
            text,
            place.cloned(),
            &test.id,
            &context.project.dependencies,
        ),
    };
    if let Some(known) = known {
        return known;
    }
    let printed = format!("{}\n{}", test.text, test.printed);
    let earlier = first_panic(&printed, context.project)
        .filter(|_| rules::rust_panic::is_of_another(text))
        .filter(|(_, message)| !rules::rust_panic::is_of_another(message));
    if let Some((place, message)) = earlier {
        let then = Evidence::output("then", text.lines().next().unwrap_or_default());
        return rules::rust_panic::finding(&message, Some(place), None, &test.id).because(then);
    }
    let place = own_place(test, place, context);
    let finding = rules::rust_panic::finding(text, place, inside, &test.id);
    with_help(finding, help::of(test, context))
}

/// Where a failure happened; if that's in a dependency's file, where the test is defined.
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
    let known = rules::same_module_name::finding(&test.id, text)
        .or_else(|| explained(text, place, context.project))
        .or_else(|| explained_by_cause(text, place, test, context.project));
    known.unwrap_or_else(|| {
        let finding = rules::test_error::finding(&test.id, text, place.cloned());
        let help = class_help::of_exception(text, context.extension);
        with_help(finding, help.or_else(|| help::of(test, context)))
    })
}

/// The finding of an exception that the project's code made of a known one, with `raise … from …`.
fn explained_by_cause(
    text: &str,
    place: Option<&SourceLocation>,
    test: &FailedTest,
    project: &Project,
) -> Option<Diagnostic> {
    let mut causes = test.causes.iter();
    let mut finding = causes.find_map(|cause| explained(cause, None, project))?;
    if let Some(place) = place {
        let first = text.lines().next().unwrap_or_default();
        let evidence = Evidence::at_text(place.clone(), first);
        finding.evidence.insert(0, evidence);
    }
    Some(finding)
}

fn with_help(finding: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => finding.hint(help),
        None => finding,
    }
}

/// The cause behind Python's message, if the message is a known one, with the place where it occurred.
pub(super) fn explained(
    text: &str,
    place: Option<&SourceLocation>,
    project: &Project,
) -> Option<Diagnostic> {
    let mut context = OutputContext::new().speaker("Python");
    if let Some(minor) = project.dependencies.pyo3_minor() {
        context = context.pyo3(format!("0.{minor}"));
    }
    let mut finding = anatomy::explain_output(text, &context).into_iter().next()?;
    if let Some(place) = place {
        let first = text.lines().next().unwrap_or_default();
        // The message need not be shown twice.
        finding
            .evidence
            .retain(|one| !matches!(one, Evidence::Output { text, .. } if text == first));
        // Below the message, PyO3 notes which parameter it's about.
        let notes = text
            .lines()
            .skip(1)
            .filter(|line| line.starts_with("while processing '"));
        let lines: Vec<&str> = std::iter::once(first).chain(notes).collect();
        finding
            .evidence
            .insert(0, Evidence::at_text(place.clone(), lines.join("\n")));
    }
    Some(finding)
}

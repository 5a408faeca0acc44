//! Judges a course's own command: what it printed is read, so that a failure gets the finding that it would get without it.

use anatomy::OutputContext;
use anatomy::project::Texts;
use diagnostic::Diagnostic;

use super::{Project, compiler, suite};
use crate::build::CompilerError;
use crate::rules;
use crate::system::Exit;
use crate::test::Suite;
use crate::verdict::{RawOutput, Status, Verdict};

/// A command of a course that was run.
#[derive(Debug, Clone, PartialEq)]
pub struct CommandRun {
    /// The command as a person would type it.
    pub command: String,
    /// How it ended; `None` when its time was up.
    pub exit: Option<Exit>,
    /// What it printed.
    pub output: String,
    /// Its last line.
    pub last_line: String,
    /// How long it might have taken.
    pub limit: std::time::Duration,
    /// What its output tells.
    pub printed: Printed,
}

impl CommandRun {
    /// Whether its output tells of something in the code, so that there may be something to advise.
    pub(super) fn tells(&self) -> bool {
        !self.printed.errors.is_empty() || !self.printed.suites.is_empty()
    }
}

/// What the output of a command that failed tells, in the words of tools that are known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Printed {
    /// The errors of the compiler.
    pub errors: Vec<CompilerError>,
    /// The Rust sources of the crate, where there are errors.
    pub sources: Texts,
    /// The compiler's version, if there are errors and it said so.
    pub rustc: Option<String>,
    /// What cargo said where it could not begin to compile.
    pub not_begun: Option<String>,
    /// The tests that failed, by the framework that ran them.
    pub suites: Vec<Suite>,
    /// The tool that is missing.
    pub missing: Option<Diagnostic>,
}

pub(super) fn judge(verdict: &mut Verdict, last: Option<CommandRun>, project: &Project) {
    let Some(run) = last else { return };
    let finding = match run.exit {
        Some(exit) if exit.success() => None,
        Some(exit) => {
            verdict.status = match exit {
                Exit::Code(_) => {
                    explain(verdict, &run.printed, project).unwrap_or(Status::TestsFail)
                }
                Exit::Signal(_) => Status::Crashed,
            };
            Some(rules::command_failed::finding(
                &run.command,
                exit,
                &run.last_line,
            ))
        }
        None => {
            verdict.status = Status::TimedOut;
            Some(rules::timed_out::finding(
                run.limit,
                Some(&format!("`{}`", run.command)),
                None,
                "",
            ))
        }
    };
    verdict.diagnostics.extend(finding);
    for suite in run.printed.suites {
        verdict.tests.extend(suite.tests);
    }
    if !run.output.trim().is_empty() {
        verdict.output.push(RawOutput {
            from: run.command,
            text: run.output,
            excerpt: None,
            // Whatever the command is, what it says last is why it failed.
            ends_with_cause: true,
        });
    }
}

/// Adds the findings of what was printed, and gives the status that they lead to.
fn explain(verdict: &mut Verdict, printed: &Printed, project: &Project) -> Option<Status> {
    if !printed.errors.is_empty() {
        let rendered: String = printed
            .errors
            .iter()
            .map(|error| error.rendered.as_str())
            .collect();
        let context = OutputContext::new().speaker("cargo");
        let known = anatomy::explain_output(&rendered, &context)
            .into_iter()
            .next();
        if let Some(finding) = known {
            verdict.diagnostics.push(finding);
        } else {
            let told = compiler::judge(
                &printed.errors,
                &printed.sources,
                &project.dependencies,
                printed.rustc.as_deref(),
            );
            verdict.diagnostics.extend(told.findings);
        }
        return Some(Status::DoesNotCompile);
    }
    if let Some(said) = &printed.not_begun {
        verdict.diagnostics.push(rules::cargo_failed::finding(said));
        return Some(Status::DoesNotCompile);
    }
    let status = printed
        .suites
        .iter()
        .map(|suite| suite::judge(suite, project, &mut verdict.diagnostics))
        .max_by_key(|status| suite::weight(*status));
    if status.is_none()
        && let Some(missing) = &printed.missing
    {
        verdict.diagnostics.push(missing.clone());
        return Some(Status::EnvironmentBroken);
    }
    status
}

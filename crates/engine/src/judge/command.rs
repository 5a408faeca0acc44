//! Judges a course's own command: its output is parsed, so that a failure gets the same finding as it would without
//! the command.

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
    /// How it exited; `None` if it timed out.
    pub exit: Option<Exit>,
    /// What it printed.
    pub output: String,
    /// Its last line.
    pub last_line: String,
    /// Its time limit.
    pub limit: std::time::Duration,
    /// What was recognised in its output.
    pub printed: Printed,
}

impl CommandRun {
    /// Whether its output shows a problem in the code, so that advice may help.
    pub(super) fn has_known_output(&self) -> bool {
        !self.printed.errors.is_empty() || !self.printed.suites.is_empty()
    }
}

/// What was recognised in the output of a failed command, from the messages of known tools.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Printed {
    /// The compiler's errors.
    pub errors: Vec<CompilerError>,
    /// The Rust sources of the crate, if there are errors.
    pub sources: Texts,
    /// The compiler's version, if there are errors and it said so.
    pub rustc: Option<String>,
    /// What cargo printed if it couldn't start compiling.
    pub cargo_error: Option<String>,
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
            // Whatever the command is, its last output says why it failed.
            ends_with_cause: true,
        });
    }
}

/// Adds the findings about the output, and returns their status.
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
            let report = compiler::judge(
                &printed.errors,
                &printed.sources,
                &project.dependencies,
                printed.rustc.as_deref(),
            );
            verdict.diagnostics.extend(report.findings);
        }
        return Some(Status::DoesNotCompile);
    }
    if let Some(error) = &printed.cargo_error {
        verdict
            .diagnostics
            .push(rules::cargo_failed::finding(error));
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

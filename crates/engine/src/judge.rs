//! From evidence to a verdict. Everything here is pure: the same evidence always gives the same verdict.

mod class_help;
mod command;
mod compiler;
mod failure;
mod help;
mod printed;
mod project;
mod rust_alone;
mod suite;
mod vocabulary;

pub use command::{CommandRun, Printed};
pub(crate) use compiler::rules::RULES as COMPILER_RULES;
pub use project::Project;
pub(crate) use suite::{missing_name, unsendable_class};

use std::collections::HashSet;

use anatomy::project::Texts;
use diagnostic::{Diagnostic, Severity, some};

use crate::build::CompilerError;
use crate::rules;
use crate::test::Suite;
use crate::verdict::{Outcome, RawOutput, Status, Test, Timing, Verdict};

/// How far the pipeline got. Something that was never built can't have been tested.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// Something is missing on the machine.
    NotStarted {
        /// What is missing.
        finding: Diagnostic,
        /// The tool and what it printed, if a tool failed.
        output: Option<(String, String)>,
    },
    /// The compiler rejected the code.
    NotCompiled {
        /// Its errors.
        errors: Vec<CompilerError>,
        /// The Rust sources of the crate, by the names that users see.
        sources: Texts,
        /// The compiler's version, if it said so.
        rustc: Option<String>,
    },
    /// Cargo failed, or built nothing that Python can load.
    NotBuilt {
        /// What went wrong.
        finding: Diagnostic,
        /// Whether it was killed because it exceeded a limit.
        ran_away: bool,
        /// What cargo printed.
        output: String,
    },
    /// It was built but can't be imported.
    NotImportable {
        /// Why.
        findings: Vec<Diagnostic>,
    },
    /// It was built, if there was anything to build, and tested.
    Tested {
        /// The suites that ran: Rust's, then Python's.
        suites: Vec<Suite>,
        /// The compiler's warnings.
        warnings: Vec<String>,
        /// Further findings that are worth reporting.
        advice: Vec<Diagnostic>,
        /// Whether it has to have tests. A Rust crate without any passes `cargo test`, and published courses rely on that.
        wants_tests: bool,
    },
    /// The course's own commands were run.
    Commanded {
        /// The last one that ran.
        last: Option<Box<CommandRun>>,
    },
}

impl Evidence {
    /// Whether something went wrong in the code, so that advice may help.
    pub(crate) fn wants_advice(&self) -> bool {
        match self {
            Self::NotCompiled { .. } | Self::NotBuilt { .. } | Self::NotImportable { .. } => true,
            Self::Tested { suites, .. } => suites.iter().any(|suite| {
                !suite.failed.is_empty()
                    || !suite.unraisable.is_empty()
                    || !matches!(suite.end, crate::test::End::Finished { .. })
            }),
            Self::Commanded { last } => last.as_ref().is_some_and(|run| run.has_known_output()),
            Self::NotStarted { .. } => false,
        }
    }
}

/// What the course requires in addition to passing tests.
#[derive(Debug, Clone, Copy, Default)]
pub struct CourseRequirements<'t> {
    /// The tests that have to pass.
    pub must_pass: &'t [&'t str],
    /// Protected files that were changed.
    pub tampered: &'t [Diagnostic],
    /// Whether it is a project.
    pub in_project: bool,
    /// Whether it has no hints.
    pub without_hints: bool,
    /// Whether it has nothing to do with Python.
    pub without_python: bool,
    /// The project, if advice may help: advice depends on the PyO3 in use.
    pub project: Option<&'t Project>,
}

/// The verdict that the evidence supports.
pub fn judge(
    exercise: &str,
    evidence: Evidence,
    requirements: CourseRequirements<'_>,
    timings: Vec<Timing>,
) -> Verdict {
    let unknown = Project::default();
    let project = requirements.project.unwrap_or(&unknown);
    let mut verdict = Verdict {
        exercise: exercise.to_owned(),
        status: Status::Solved,
        diagnostics: Vec::new(),
        tests: Vec::new(),
        python: None,
        pythons: Vec::new(),
        timings,
        output: Vec::new(),
        remembered: false,
    };
    match evidence {
        Evidence::NotStarted { finding, output } => {
            verdict.status = Status::EnvironmentBroken;
            verdict.diagnostics.push(finding);
            verdict.output.extend(output.map(|(from, text)| RawOutput {
                from,
                text,
                excerpt: None,
                ends_with_cause: false,
            }));
        }
        Evidence::NotCompiled {
            errors,
            sources,
            rustc,
        } => not_compiled(&mut verdict, errors, &sources, rustc.as_deref(), project),
        Evidence::NotBuilt {
            finding,
            ran_away,
            output,
        } => {
            verdict.status = if ran_away {
                Status::TimedOut
            } else {
                Status::DoesNotCompile
            };
            verdict.diagnostics.push(finding);
            push_output(&mut verdict, "cargo", output);
        }
        Evidence::NotImportable { findings } => {
            verdict.status = Status::DoesNotImport;
            verdict.diagnostics = findings;
        }
        Evidence::Tested {
            suites,
            warnings,
            advice,
            wants_tests,
        } => {
            let extension = suites.iter().find_map(|suite| suite.extension.clone());
            let replaced = suites
                .iter()
                .find_map(|suite| suite.replaced.first().cloned());
            tested(&mut verdict, suites, &warnings, wants_tests, project);
            if !requirements.in_project {
                reject_replaced_pytest(replaced, &mut verdict);
            }
            require_passed(requirements.must_pass, &mut verdict);
            let is_cause = |one: &Diagnostic| {
                one.severity == Severity::Error && verdict.status == Status::DoesNotImport
            };
            let advice = explain_refusal(&mut verdict.diagnostics, advice);
            let (causes, advice): (Vec<_>, Vec<_>) = advice.into_iter().partition(is_cause);
            if !causes.is_empty() {
                put_first(causes, &mut verdict, extension.as_deref());
            }
            verdict.diagnostics.extend(advice);
        }
        Evidence::Commanded { last } => command::judge(&mut verdict, last.map(|run| *run), project),
    }
    if let Some(minor) = project.dependencies.pyo3_minor() {
        let findings = verdict.diagnostics.iter_mut();
        findings.for_each(|finding| vocabulary::fit(finding, minor));
    }
    if requirements.without_hints {
        verdict
            .diagnostics
            .iter_mut()
            .for_each(rules::todo_reached::without_hints);
    }
    if requirements.without_python {
        verdict.diagnostics.iter_mut().for_each(rust_alone::fit);
    }
    let changed = requirements.tampered.iter().cloned();
    if verdict.is_solved() && !requirements.tampered.is_empty() {
        verdict.status = Status::Tampered;
        verdict.diagnostics.splice(0..0, changed);
    } else if !verdict.tests.is_empty() {
        // Failures come first. The changed test may be what fails, so that is reported too.
        let warnings = changed.map(|one| one.severity(Severity::Warning));
        verdict.diagnostics.extend(warnings);
    }
    verdict
}

fn not_compiled(
    verdict: &mut Verdict,
    errors: Vec<CompilerError>,
    sources: &Texts,
    rustc: Option<&str>,
    project: &Project,
) {
    verdict.status = Status::DoesNotCompile;
    let report = compiler::judge(&errors, sources, &project.dependencies, rustc);
    verdict.diagnostics.extend(report.findings);
    verdict.output.push(RawOutput {
        from: "rustc".to_owned(),
        text: errors.into_iter().map(|error| error.rendered).collect(),
        excerpt: Some(report.excerpt),
        ends_with_cause: false,
    });
}

/// If pytest couldn't read `pyproject.toml` and the reason is known, the reason becomes the finding.
fn explain_refusal(findings: &mut [Diagnostic], mut advice: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let refused = findings
        .iter_mut()
        .find(|one| rules::pytest_refused::is_about_pyproject(one));
    let is_unreadable = |one: &Diagnostic| {
        one.code == *anatomy::shared::METADATA_REFUSED.code()
            && one.message.contains("byte order mark")
    };
    if let Some(refused) = refused
        && let Some(at) = advice.iter().position(is_unreadable)
    {
        let mut cause = advice.remove(at).severity(Severity::Error);
        cause.evidence.append(&mut refused.evidence);
        *refused = cause;
    }
    advice
}

/// Puts causes before their consequences. One cause gives one finding: a name that Python didn't find as a consequence is only
/// counted below the cause.
fn put_first(mut causes: Vec<Diagnostic>, verdict: &mut Verdict, extension: Option<&str>) {
    let package = extension.and_then(|extension| extension.split('.').next());
    let is_consequence = |one: &Diagnostic| {
        rules::is_consequence(one)
            || package.is_some_and(|package| rules::is_missing_name_in(one, package))
    };
    verdict.diagnostics.retain(|one| !is_consequence(one));
    let failed: Vec<&str> = verdict
        .tests
        .iter()
        .filter(|test| test.outcome == Outcome::Failed)
        .map(|test| test.id.as_str())
        .collect();
    // If nothing else is wrong, this is why all of them fail.
    let is_all = verdict
        .diagnostics
        .iter()
        .all(|one| one.severity != Severity::Error);
    if let (Some(first), true, [_, _, ..]) = (causes.first_mut(), is_all, failed.as_slice()) {
        let affected = format!(
            "{} tests fail because of it: {}",
            failed.len(),
            some(&failed, 2)
        );
        first
            .evidence
            .push(diagnostic::Evidence::output("tests", affected));
    }
    verdict.diagnostics.splice(0..0, causes);
}

fn tested(
    verdict: &mut Verdict,
    suites: Vec<Suite>,
    warnings: &[String],
    wants_tests: bool,
    project: &Project,
) {
    let ran = |test: &Test| test.outcome != Outcome::Skipped;
    let any = suites.iter().any(|suite| suite.tests.iter().any(ran));
    let mut statuses = Vec::new();
    let mut unraisable = Vec::new();
    for mut suite in suites {
        suite::unraisable(&suite, project, &mut unraisable);
        statuses.push(suite::judge(&suite, project, &mut verdict.diagnostics));
        verdict.tests.append(&mut suite.tests);
        for version in suite.pythons.drain(..) {
            if !verdict.pythons.contains(&version) {
                verdict.pythons.push(version);
            }
        }
        push_excerpt(
            verdict,
            "tests",
            printed::output(&suite),
            printed::excerpt(&suite),
        );
    }
    verdict.status = statuses
        .into_iter()
        .max_by_key(|status| suite::weight(*status))
        .unwrap_or(Status::Solved);
    if verdict.is_solved() && !any {
        let finding = match verdict.tests.len() {
            0 => rules::no_tests::finding("none were collected"),
            skipped => rules::no_tests::finding(&format!("all {skipped} were skipped")),
        };
        verdict.diagnostics.push(if wants_tests {
            verdict.status = Status::TestsFail;
            finding
        } else {
            finding.severity(Severity::Warning)
        });
    }
    verdict.diagnostics.extend(unraisable);
    push_output(verdict, "rustc", warnings.concat());
}

/// A project may modify pytest as it likes, but an exercise is solved only if its tests really pass.
fn reject_replaced_pytest(replaced: Option<(String, String)>, verdict: &mut Verdict) {
    if let Some((name, file)) = replaced.filter(|_| verdict.is_solved()) {
        verdict.status = Status::Tampered;
        let finding = rules::tests_changed::replaced(&name, &file);
        verdict.diagnostics.push(finding);
    }
}

/// A test that was skipped or not collected hasn't passed.
fn require_passed(must_pass: &[&str], verdict: &mut Verdict) {
    if !verdict.is_solved() {
        return;
    }
    let passed: HashSet<&str> = verdict
        .tests
        .iter()
        .filter(|test| test.outcome == Outcome::Passed)
        .map(|test| test.id.as_str())
        .collect();
    let missing: Vec<&str> = must_pass
        .iter()
        .copied()
        .filter(|id| !passed.contains(id))
        .collect();
    if !missing.is_empty() {
        verdict.status = Status::TestsFail;
        verdict
            .diagnostics
            .insert(0, rules::no_tests::not_passed(&missing));
    }
}

fn push_output(verdict: &mut Verdict, from: &str, text: String) {
    push_excerpt(verdict, from, text, None);
}

fn push_excerpt(verdict: &mut Verdict, from: &str, text: String, excerpt: Option<String>) {
    if !text.trim().is_empty() {
        verdict.output.push(RawOutput {
            from: from.to_owned(),
            text,
            excerpt,
            ends_with_cause: false,
        });
    }
}

#[cfg(test)]
mod tests;

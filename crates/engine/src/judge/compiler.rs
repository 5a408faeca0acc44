//! Judges the compiler's errors: each mistake is one finding, explained in words that a learner of PyO3 knows.

mod consequence;
mod feature;
mod linking;
mod own_advice;
mod pyo3_names;
mod rule;
pub(crate) mod rules;
mod sources;
mod versions;
mod words;

use anatomy::project::{Dependencies, Texts};
use diagnostic::{Diagnostic, Evidence};

use self::rule::Explanation;
use self::sources::Sources;
use crate::build::{CompilerError, excerpt};
use crate::rules::compile_error;
use crate::rules::dependency_does_not_compile;
use crate::test::panics;

/// How many errors are listed: later ones are often consequences of earlier ones.
const MOST_ERRORS: usize = 5;

/// How many places of one mistake are listed.
const MOST_PLACES: usize = 5;

/// Added once, if several errors come from code for an older PyO3.
const MIGRATION: &str = "; this code was written for an older PyO3, and its migration guide lists everything that changed: https://pyo3.rs/latest/migration.html";

/// The report on a build that the compiler refused.
pub(super) struct CompileReport {
    pub(super) findings: Vec<Diagnostic>,
    /// A part of what rustc printed about them.
    pub(super) excerpt: String,
}

/// A mistake, with all errors that it caused.
struct Mistake<'e> {
    explanation: Option<Explanation>,
    errors: Vec<&'e CompilerError>,
}

/// `texts` are the Rust sources of the crate, by the names under which they are shown; they may be missing. `rustc` is the version of
/// the compiler.
pub(super) fn judge(
    errors: &[CompilerError],
    texts: &Texts,
    dependencies: &Dependencies,
    rustc: Option<&str>,
) -> CompileReport {
    let sources = Sources {
        texts,
        dependencies,
        rustc,
    };
    let (foreign, own): (Vec<_>, Vec<_>) = errors.iter().partition(|error| is_foreign(error));
    let mut findings = of_dependencies(&foreign, dependencies);
    let feature::Explained {
        findings: lacking,
        rest: own,
        leaves_a_gap,
    } = feature::explain(own, &sources);
    findings.extend(lacking);
    let explained = findings.len();
    let mut mistakes: Vec<Mistake<'_>> = Vec::new();
    for error in own {
        let explanation = rules::explain(error, &sources);
        match mistakes
            .iter_mut()
            .find(|one| one.is_also(error, explanation.as_ref()))
        {
            Some(same) => same.errors.push(error),
            None => mistakes.push(Mistake {
                explanation,
                errors: vec![error],
            }),
        }
    }
    leave_out_consequences(&mut mistakes, &sources, leaves_a_gap);
    mistakes.truncate(MOST_ERRORS);
    let old = mistakes
        .iter()
        .filter(|one| one.is_of_an_older_pyo3())
        .count();
    let mut of_own: Vec<Diagnostic> = mistakes
        .iter()
        .filter_map(|one| one.finding(&sources))
        .collect();
    if old > 1
        && let Some(first) = mistakes.iter().position(Mistake::is_of_an_older_pyo3)
        && let Some(hint) = of_own.get_mut(first).and_then(|one| one.hint.as_mut())
    {
        // The guide lists the rest at once; the compiler reports it one error after the other.
        hint.push_str(MIGRATION);
    }
    findings.extend(of_own);
    let of_mistakes = mistakes
        .iter()
        .filter_map(|one| one.errors.first().copied());
    // If a finding explains an error in full, the compiler's words aren't needed. For a dependency, one error is enough.
    let first: Vec<&CompilerError> = if explained == 0 {
        of_mistakes.collect()
    } else {
        let shown = foreign.first().copied().or(errors.first());
        shown.into_iter().chain(of_mistakes).collect()
    };
    CompileReport {
        excerpt: first
            .into_iter()
            .map(|error| excerpt(&error.rendered) + "\n")
            .collect(),
        findings,
    }
}

/// Whether an error is in the code of a dependency. The linker's errors concern the machine, whatever it links.
fn is_foreign(error: &CompilerError) -> bool {
    error.dependency.is_some() && linking::of(error).is_none()
}

/// Whether the error comes from the parser.
fn is_of_parser(error: &CompilerError) -> bool {
    error.number.is_none() && error.message.starts_with("expected ")
}

/// A finding for each dependency that doesn't compile.
fn of_dependencies(errors: &[&CompilerError], dependencies: &Dependencies) -> Vec<Diagnostic> {
    let mut known = Vec::new();
    let mut findings = Vec::new();
    for error in errors {
        let Some(package) = &error.dependency else {
            continue;
        };
        if !known.contains(&package) {
            known.push(package);
            findings.push(dependency_does_not_compile::finding(
                &package.name,
                &package.version,
                error.number.as_deref(),
                &error.message,
                dependencies,
            ));
        }
    }
    findings
}

/// Leaves out mistakes that exist only because of another one, as long as one is left.
/// `is_explained` says that a macro was refused for a reason that was already explained.
fn leave_out_consequences(
    mistakes: &mut Vec<Mistake<'_>>,
    sources: &Sources<'_>,
    is_explained: bool,
) {
    let explanations: Vec<Explanation> = mistakes
        .iter()
        .filter_map(|one| one.explanation.clone())
        .collect();
    let has_gap = is_explained
        || mistakes
            .iter()
            .filter_map(|one| one.errors.first())
            .any(|error| consequence::leaves_a_gap(error));
    let is_cause = |one: &Mistake<'_>| {
        !one.errors.first().is_some_and(|error| {
            explanations.iter().any(|cause| cause.leads_to(error))
                || consequence::says_nothing_itself(error)
                || (has_gap
                    && !consequence::leaves_a_gap(error)
                    && consequence::fills_a_gap(error, sources))
        })
    };
    if is_explained || mistakes.iter().any(is_cause) {
        mistakes.retain(is_cause);
    }
}

impl Mistake<'_> {
    /// Whether the code uses a name from an older version of PyO3.
    fn is_of_an_older_pyo3(&self) -> bool {
        self.explanation
            .as_ref()
            .is_some_and(Explanation::is_migration)
    }

    /// Whether an error is another instance of this mistake: the same words, or another consequence of the same cause.
    fn is_also(&self, error: &CompilerError, explanation: Option<&Explanation>) -> bool {
        let same_words = self.errors.iter().any(|known| {
            (&known.message, &known.number, &known.label)
                == (&error.message, &error.number, &error.label)
                // Errors that say no more than their number, as "mismatched types" may, stay separate.
                || (known.message == error.message && known.place == error.place)
                // The parser reports several errors at one place, and the first is the one it stumbled over.
                || (is_of_parser(known) && is_of_parser(error) && known.place == error.place)
        });
        same_words || (explanation.is_some() && self.explanation.as_ref() == explanation)
    }

    fn finding(&self, sources: &Sources<'_>) -> Option<Diagnostic> {
        let first = self.errors.first()?;
        // A file of a dependency isn't something to open and change.
        let own_place = |error: &CompilerError| {
            let place = error.place.clone()?;
            panics::owner(&place.0.file).is_none().then_some(place)
        };
        if let Some(complaint) = linking::of(first) {
            return Some(compile_error::finding(
                &compile_error::RULE,
                &complaint.message,
                None,
                first.place.clone(),
                complaint.advice,
            ));
        }
        // PyO3's macros put their advice into lines of their own.
        let (head, rest) = first
            .message
            .split_once('\n')
            .unwrap_or((&first.message, ""));
        let in_message = rest
            .lines()
            .map(|line| {
                line.trim()
                    .trim_start_matches("= help: ")
                    .trim_start_matches("= note: ")
            })
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("; ");
        let message = match &first.label {
            // This message only names the kind of error; the label says what rustc found.
            Some(label) if first.message == "mismatched types" => {
                format!("{}: {label}", first.message)
            }
            _ => head.to_owned(),
        };
        let advice = self
            .explanation
            .as_ref()
            .map(|explanation| explanation.advice().to_owned())
            .or_else(|| (!in_message.is_empty()).then_some(in_message))
            .or_else(|| own_advice::of(first));
        let rule = self
            .explanation
            .as_ref()
            .map_or(&compile_error::RULE, Explanation::rule);
        let mut finding = compile_error::finding(
            rule,
            &message,
            first.number.as_deref(),
            own_place(first),
            advice,
        );
        let mut lines = vec![first.place.as_ref().map(|(place, _)| place.line)];
        let others = self.errors.iter().skip(1);
        for (place, text) in others.filter_map(|error| own_place(error)) {
            if lines.len() < MOST_PLACES && !lines.contains(&Some(place.line)) {
                lines.push(Some(place.line));
                finding = finding.because(Evidence::at_text(place, text));
            }
        }
        if self.explanation.is_some() {
            finding = finding.because(Evidence::Versions {
                rustc: sources.rustc.map(str::to_owned),
                pyo3: sources.dependencies.pyo3_version().map(str::to_owned),
            });
        }
        Some(finding)
    }
}

#[cfg(test)]
mod tests;

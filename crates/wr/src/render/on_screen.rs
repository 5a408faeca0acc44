//! The parts of a full-screen view, as text with colours for a given width. What others wrote in it is escaped, as everywhere.

use std::path::Path;

use ::course::{Course, Exercise, ExerciseId};
use ::diagnostic::{Diagnostic, Evidence};
use engine::Verdict;

use super::style::{BAD, BOLD, DIM, HELP, PLACE};
use super::values::{self, Values};
use super::{course, diagnostic, markdown, snippet, verdict};
use crate::render::text::{Text, say};
use crate::solution::Solution;

pub(crate) use super::snippet::Sources;

/// How far a finding's parts are indented, in characters.
const INDENT: usize = 4;

/// An error and what to do about it.
pub(crate) fn failure(message: &str, help: Option<&str>, width: usize) -> String {
    text(width, |out| {
        say!(out, "  {BAD}✗{BAD:#} {}", out.wrapped(message, INDENT));
        fix(out, help);
    })
}

/// What to do, if that's known.
fn fix(out: &mut Text, help: Option<&str>) {
    if let Some(help) = help {
        say!(out);
        say!(
            out,
            "    {HELP}fix{HELP:#}  {}",
            out.wrapped(help, INDENT + 5)
        );
    }
}

/// Something as text for this width.
fn text(width: usize, write: impl FnOnce(&mut Text)) -> String {
    let mut out = Text::with_width(Some(width));
    write(&mut out);
    out.as_str().to_owned()
}

/// A finding with everything it says.
pub(crate) fn finding(finding: &Diagnostic, sources: &Sources, width: usize) -> String {
    text(width, |out| {
        heading(out, finding, "▾");
        let mut shown: Vec<&str> = Vec::new();
        for (number, evidence) in finding.evidence.iter().enumerate() {
            let before = number
                .checked_sub(1)
                .and_then(|at| finding.evidence.get(at));
            if matches!(before, Some(Evidence::Source { .. })) {
                say!(out);
            }
            match evidence {
                Evidence::Source { location, text } => {
                    // More places in the same file are lines, so that the advice stays in sight.
                    let rest = if shown.contains(&location.file.as_str()) {
                        snippet::write(out, sources, location, text.as_deref(), INDENT)
                    } else {
                        snippet::excerpt(out, sources, location, text.as_deref(), INDENT)
                    };
                    shown.push(&location.file);
                    if let Some(text) = rest {
                        say!(out);
                        said(out, text);
                    }
                }
                Evidence::Output { text, .. } if Values::find(text).is_some() => said(out, text),
                other => diagnostic::evidence_lines(out, other, sources, INDENT),
            }
        }
        fix(out, finding.hint.as_deref());
        say!(out);
    })
}

/// What a test said about its failure: the values it compared, and the rest of its words.
fn said(out: &mut Text, text: &str) {
    let Some(values) = Values::find(text) else {
        diagnostic::quote(out, text, INDENT);
        return;
    };
    values::write(out, &values, INDENT);
    // pytest goes on after the comparison: which element differs, and where the values come from.
    let is_rust = text.starts_with("assertion ");
    let rest: Vec<&str> = text
        .lines()
        .skip(1)
        .filter(|line| !is_rust && !line.trim().is_empty())
        .collect();
    if !rest.is_empty() {
        diagnostic::quote(out, &rest.join("\n"), INDENT);
    }
}

/// A finding in two lines: what, and where.
pub(crate) fn folded(finding: &Diagnostic, width: usize) -> String {
    text(width, |out| {
        heading(out, finding, "▸");
        if let Some(place) = finding.location() {
            say!(out, "    {PLACE}{place}{PLACE:#}");
        }
        say!(out);
    })
}

fn heading(out: &mut Text, finding: &Diagnostic, mark: &str) {
    let style = diagnostic::style_of(finding.severity);
    // The code is the last word of the sentence, so that it's never broken.
    let code = finding.code.as_str();
    let sentence = out.wrapped(&format!("{} {code}", finding.message), INDENT);
    let message = sentence.strip_suffix(code).unwrap_or(&sentence);
    say!(
        out,
        "  {style}{mark}{style:#} {BOLD}{message}{BOLD:#}{DIM}{code}{DIM:#}"
    );
}

/// What the tools printed; only the parts worth reading, unless `is_all`.
pub(crate) fn output(verdict: &Verdict, is_all: bool, width: usize) -> String {
    text(width, |out| {
        if verdict.output.iter().all(|one| one.text.trim().is_empty()) {
            say!(out, "Nothing was printed.");
        }
        for output in &verdict.output {
            let shown = match &output.excerpt {
                Some(excerpt) if !is_all => excerpt,
                _ => &output.text,
            };
            let shown = anstream::adapter::strip_str(shown).to_string();
            say!(out, "{BOLD}What {} printed{BOLD:#}\n", output.from);
            for line in shown.trim_end().lines() {
                say!(out, "{line}");
            }
            let all = output.text.lines().count();
            let left_out = all.saturating_sub(shown.lines().count());
            if left_out > 0 {
                say!(out, "{DIM}… {left_out} more lines; v shows all{DIM:#}");
            }
            say!(out);
        }
    })
}

/// Markdown: a page about a rule, or a hint.
pub(crate) fn page(markdown: &str, width: usize) -> String {
    text(width, |out| markdown::write(out, markdown))
}

/// A sentence, broken between words.
pub(crate) fn sentence(sentence: &str, width: usize) -> String {
    text(width, |out| say!(out, "{}", out.wrapped(sentence, 0)))
}

/// How the course's solution differs from the learner's answer, and why it's written that way.
pub(crate) fn solution(exercise: &ExerciseId, solution: &Solution, width: usize) -> String {
    text(width, |out| course::solution(out, exercise, solution))
}

/// Where an exercise's page is, if there's one, and where the exercise is.
pub(crate) fn whereabouts(course: &Course, exercise: &Exercise) -> (Option<String>, String) {
    course::whereabouts(course, exercise)
}

/// How many tests passed, failed and so on, and which Pythons took part.
pub(crate) fn facts(verdict: &Verdict) -> Vec<String> {
    verdict::facts(verdict)
}

/// How long a verdict took, or that it's from an earlier run.
pub(crate) fn took(verdict: &Verdict) -> String {
    verdict::took(verdict)
}

/// The lines of the sources that a verdict points to, as they are now.
pub(crate) fn sources(verdict: &Verdict, root: &Path) -> Sources {
    let sources = Sources::below(root);
    for finding in &verdict.diagnostics {
        for location in finding.locations() {
            sources.read(&location.file);
        }
    }
    sources
}

//! One finding as text, and the pages that explain them.

use diagnostic::{Diagnostic, Evidence, Page, Rule, Severity};

use super::markdown;
use super::snippet::{self, Sources};
use super::style::{BAD, BOLD, DIM, GOOD, HELP, StyleMark, WARN};
use crate::render::text::{Text, say};

/// How many lines of a program's output are shown as evidence; the full output follows the findings.
const MOST_LINES: usize = 12;

/// How far a finding's evidence is indented, in characters.
const INDENT: usize = 5;

/// Writes a finding: code and message, the evidence with lines from the sources, what to do.
pub(super) fn write(out: &mut Text, finding: &Diagnostic, sources: &Sources) {
    let style = style_of(finding.severity);
    say!(
        out,
        "  {style}{}{style:#} {BOLD}{}{BOLD:#}",
        finding.code,
        // After the code and the spaces around it.
        out.wrapped(&finding.message, finding.code.to_string().len() + 3)
    );
    for evidence in &finding.evidence {
        evidence_lines(out, evidence, sources, INDENT);
    }
    if let Some(hint) = &finding.hint {
        say!(
            out,
            "     {HELP}help{HELP:#}: {}",
            out.wrapped(hint, INDENT + 6)
        );
    }
    say!(out);
}

/// The colour of a finding.
pub(super) fn style_of(severity: Severity) -> StyleMark {
    match severity {
        Severity::Error => BAD,
        Severity::Warning => WARN,
        Severity::Advice => GOOD,
    }
}

/// Writes a piece of evidence, indented by this many characters.
pub(super) fn evidence_lines(
    out: &mut Text,
    evidence: &Evidence,
    sources: &Sources,
    indent: usize,
) {
    let pad = " ".repeat(indent);
    match evidence {
        Evidence::Source { location, text } => {
            if let Some(text) = snippet::write(out, sources, location, text.as_deref(), indent) {
                quote(out, text, indent);
            }
        }
        Evidence::Symbol { name, binary } => {
            say!(out, "{pad}symbol `{name}` in {binary}");
        }
        Evidence::Section { name, binary } => {
            say!(out, "{pad}section `{name}` in {binary}");
        }
        Evidence::Mismatch {
            what,
            expected,
            found,
        } => {
            let column = indent + what.chars().count() + 11;
            say!(
                out,
                "{pad}{what}: expected {}",
                out.wrapped(expected, column)
            );
            let below = " ".repeat(what.chars().count());
            say!(out, "{pad}{below}     found {}", out.wrapped(found, column));
        }
        Evidence::Program { name, detail } => {
            let program = match detail {
                Some(detail) => format!("{name}: {detail}"),
                None => name.clone(),
            };
            say!(out, "{pad}{}", out.wrapped(&program, indent));
        }
        Evidence::Variable { name, value } => {
            let value = value
                .as_ref()
                .map_or_else(|| " is not set".to_owned(), |value| format!("={value}"));
            say!(out, "{pad}{name}{value}");
        }
        // They are the same for every finding of a build, so only the JSON has them.
        Evidence::Versions { .. } => {}
        Evidence::Output { from, text } => match text.lines().count() {
            0 => {}
            1 => say!(
                out,
                "{pad}{DIM}{}{DIM:#}",
                out.wrapped(&format!("{from}: {text}"), indent)
            ),
            _ => {
                say!(out, "{pad}{DIM}{from}:{DIM:#}");
                quote(out, text, indent);
            }
        },
    }
}

pub(super) fn quote(out: &mut Text, text: &str, indent: usize) {
    let pad = " ".repeat(indent);
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().take(MOST_LINES) {
        say!(out, "{pad}{DIM}|{DIM:#} {}", out.wrapped(line, indent + 2));
    }
    if lines.len() > MOST_LINES {
        say!(
            out,
            "{pad}{DIM}| … {} more lines{DIM:#}",
            lines.len() - MOST_LINES
        );
    }
}

/// Writes a page.
pub(super) fn page(out: &mut Text, page: &Page) {
    say!(out, "{BOLD}{} {}{BOLD:#}\n", page.code, page.name);
    markdown::write(out, &page.markdown);
}

/// Writes every code with its summary.
pub(super) fn codes(out: &mut Text, rules: &[&Rule]) {
    for rule in rules {
        let page = rule.page();
        say!(out, "{BOLD}{}{BOLD:#}  {}", rule.code(), page.summary());
    }
}

//! One finding as text, and the pages that explain them.

use diagnostic::{Diagnostic, Evidence, Page, Rule, Severity};

use super::style::{BAD, BOLD, DIM, GOOD, PLACE, WARN};
use crate::render::plain::say;
use crate::render::wrap::wrapped;

/// How many lines of a program's output are shown as evidence; the whole follows the findings.
const MOST_LINES: usize = 12;

/// How far a finding's evidence stands from the left, in characters.
const INDENT: usize = 5;

/// Prints a finding: code and message, the evidence, what to do.
pub(super) fn print(finding: &Diagnostic) {
    let style = match finding.severity {
        Severity::Error => BAD,
        Severity::Warning => WARN,
        Severity::Advice => GOOD,
    };
    say!(
        "  {style}{}{style:#} {BOLD}{}{BOLD:#}",
        finding.code,
        // Behind the code and the spaces around it.
        wrapped(&finding.message, finding.code.to_string().len() + 3)
    );
    for evidence in &finding.evidence {
        evidence_lines(evidence, INDENT);
    }
    if let Some(hint) = &finding.hint {
        say!("     {BOLD}help{BOLD:#}: {}", wrapped(hint, INDENT + 6));
    }
    say!();
}

/// Prints a piece of evidence, so many characters from the left.
pub(super) fn evidence_lines(evidence: &Evidence, indent: usize) {
    let pad = " ".repeat(indent);
    match evidence {
        Evidence::Source { location, text } => {
            say!("{pad}{PLACE}--> {location}{PLACE:#}");
            if let Some(text) = text {
                quote(text, indent);
            }
        }
        Evidence::Symbol { name, binary } => {
            say!("{pad}symbol `{name}` in {binary}");
        }
        Evidence::Section { name, binary } => {
            say!("{pad}section `{name}` in {binary}");
        }
        Evidence::Mismatch {
            what,
            expected,
            found,
        } => {
            let column = indent + what.chars().count() + 11;
            say!("{pad}{what}: expected {}", wrapped(expected, column));
            let below = " ".repeat(what.chars().count());
            say!("{pad}{below}     found {}", wrapped(found, column));
        }
        Evidence::Program { name, detail } => match detail {
            Some(detail) => say!("{pad}{}", wrapped(&format!("{name}: {detail}"), indent)),
            None => say!("{pad}{name}"),
        },
        Evidence::Variable { name, value } => match value {
            Some(value) => say!("{pad}{name}={value}"),
            None => say!("{pad}{name} is not set"),
        },
        // They are the same for every finding of a build, so they are in the JSON alone.
        Evidence::Versions { .. } => {}
        Evidence::Output { from, text } => match text.lines().count() {
            0 => {}
            1 => say!(
                "{pad}{DIM}{}{DIM:#}",
                wrapped(&format!("{from}: {text}"), indent)
            ),
            _ => {
                say!("{pad}{DIM}{from}:{DIM:#}");
                quote(text, indent);
            }
        },
    }
}

fn quote(text: &str, indent: usize) {
    let pad = " ".repeat(indent);
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().take(MOST_LINES) {
        say!("{pad}{DIM}|{DIM:#} {}", wrapped(line, indent + 2));
    }
    if lines.len() > MOST_LINES {
        say!(
            "{pad}{DIM}| … {} more lines{DIM:#}",
            lines.len() - MOST_LINES
        );
    }
}

/// Prints a page.
pub(super) fn page(page: &Page) {
    say!("{BOLD}{} {}{BOLD:#}\n", page.code, page.name);
    say!("{}", page.markdown.trim_end());
}

/// Prints every code with its summary.
pub(super) fn codes(rules: &[&Rule]) {
    for rule in rules {
        let page = rule.page();
        say!("{BOLD}{}{BOLD:#}  {}", rule.code(), page.summary());
    }
}

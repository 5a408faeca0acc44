//! What `wr inspect` found, as text. Each kind of target has a file; shared code is here.

mod binary;
mod difference;
mod document;
mod hardening;
mod installed;
pub(super) mod loads;
mod project;
mod python;
mod questions;
mod release;
mod table;
mod wheel;
mod why;

use std::fmt::Display;

use ::diagnostic::{Diagnostic, Evidence, SourceLocation};
use indicatif::DecimalBytes;

pub(super) use self::difference::write as write_difference;
pub(crate) use self::difference::{Difference, Differing, Side};
pub(super) use self::document::Document;
pub(crate) use self::loads::Loads;
pub(super) use self::questions::{answers, differences, only_troubles, releases};
pub(super) use self::release::write as write_releases;
pub(super) use self::why::write as write_answers;
pub(crate) use self::why::{Answer, Answered, Found};
use super::diagnostic;
use super::snippet::Sources;
use super::style::{self, BAD, BOLD, DIM, GOOD, WARN};
use crate::inspect::{Layout, Report, Trouble, What};
use crate::render::plain::{name, sentence};
use crate::render::text::{Text, say};

/// Everything that was found or could not be read, in the order of the targets.
pub(crate) struct Inspected<'i> {
    pub(crate) groups: &'i [Group],
    pub(crate) troubles: &'i [Trouble],
}

/// What was found at one target.
pub(crate) struct Group {
    pub(crate) layout: Layout,
    pub(crate) reports: Vec<Report>,
}

impl Inspected<'_> {
    pub(super) fn reports(&self) -> impl Iterator<Item = &Report> {
        self.groups.iter().flat_map(|group| &group.reports)
    }

    /// How many findings there are.
    pub(crate) fn findings(&self) -> usize {
        self.reports().map(|report| report.diagnostics.len()).sum()
    }
}

/// Everything: the reports, then the summary.
pub(super) fn write(out: &mut Text, inspected: &Inspected<'_>, verbose: bool) {
    for group in inspected.groups {
        match group.layout {
            Layout::Table if !verbose => table::write(out, &group.reports),
            _ => {
                for report in &group.reports {
                    one(out, report, verbose);
                }
            }
        }
    }
    let shown = inspected.reports().count();
    if shown > 0 && shown + inspected.troubles.len() > 1 {
        summary(out, inspected);
    }
}

/// What could not be read, on standard error.
pub(super) fn troubles(troubles: &[Trouble]) {
    for trouble in troubles {
        style::error(
            &format!("{}: {}", name(&trouble.target), sentence(&trouble.message)),
            trouble.help.as_deref().map(sentence).as_deref(),
        );
    }
}

fn one(out: &mut Text, report: &Report, verbose: bool) {
    match &report.what {
        What::Binary(facts) => binary::write(out, &report.target, facts, verbose),
        What::Wheel(facts) => wheel::write(out, &report.target, facts, verbose),
        What::Project(facts) => project::write(out, &report.target, facts, verbose),
        What::Installed(found) => installed::write(out, report, found, verbose),
    }
    say!(out);
    if report.diagnostics.is_empty() {
        if report.is_read_whole() {
            say!(out, "  {GOOD}nothing wrong was found{GOOD:#}\n");
        } else {
            say!(out, "  nothing wrong was found in what could be read\n");
        }
    }
    findings(out, report);
    if let Some(first) = report.diagnostics.first() {
        say!(
            out,
            "  {DIM}`wr explain {}` says more.{DIM:#}\n",
            first.code
        );
    }
}

fn findings(out: &mut Text, report: &Report) {
    for finding in &report.diagnostics {
        self::finding(out, finding);
    }
}

/// A finding, many of whose words are names that others chose.
fn finding(out: &mut Text, finding: &Diagnostic) {
    diagnostic::write(out, &with_escaped_line_breaks(finding), &Sources::default());
}

/// The finding with line breaks escaped in the names and sentences that are part of a line. Strings with several lines
/// are quoted, each line after a bar, so that they can't pass for something else.
fn with_escaped_line_breaks(finding: &Diagnostic) -> Diagnostic {
    let name = |text: &str| name(text).into_owned();
    let sentence = |text: &str| sentence(text).into_owned();
    let quoted = |text: &str| {
        let lines: Vec<String> = text.lines().map(sentence).collect();
        lines.join("\n")
    };
    let place = |location: &SourceLocation| SourceLocation {
        file: name(&location.file),
        ..location.clone()
    };
    let evidence = finding.evidence.iter().map(|evidence| match evidence {
        Evidence::Source { location, text } => Evidence::Source {
            location: place(location),
            text: text.as_deref().map(quoted),
        },
        Evidence::Symbol {
            name: symbol,
            binary,
        } => Evidence::Symbol {
            name: name(symbol),
            binary: name(binary),
        },
        Evidence::Section {
            name: section,
            binary,
        } => Evidence::Section {
            name: name(section),
            binary: name(binary),
        },
        Evidence::Mismatch {
            what,
            expected,
            found,
        } => Evidence::mismatch(name(what), sentence(expected), sentence(found)),
        Evidence::Program {
            name: program,
            detail,
        } => Evidence::Program {
            name: name(program),
            detail: detail.as_deref().map(sentence),
        },
        Evidence::Variable {
            name: variable,
            value,
        } => Evidence::Variable {
            name: name(variable),
            value: value.as_deref().map(sentence),
        },
        Evidence::Versions { rustc, pyo3 } => Evidence::Versions {
            rustc: rustc.as_deref().map(name),
            pyo3: pyo3.as_deref().map(name),
        },
        Evidence::Output { from, text } => Evidence::output(name(from), quoted(text)),
    });
    Diagnostic {
        message: sentence(&finding.message),
        hint: finding.hint.as_deref().map(sentence),
        evidence: evidence.collect(),
        ..finding.clone()
    }
}

fn summary(out: &mut Text, inspected: &Inspected<'_>) {
    let (inspected_count, findings) = (inspected.reports().count(), inspected.findings());
    let style = if findings == 0 { GOOD } else { WARN };
    let unread = match inspected.troubles.len() {
        0 => String::new(),
        count => format!("; {BAD}{count} could not be read{BAD:#}"),
    };
    say!(
        out,
        "{inspected_count} inspected, {style}{}{style:#}{unread}",
        counted(findings, "finding")
    );
}

/// The first line of a report: the target's name, and what it is.
fn headline(out: &mut Text, target: &str, what: &str) {
    say!(out, "{BOLD}{}{BOLD:#}  {}", name(target), sentence(what));
}

/// The first line of a part of a report, such as one binary of a package.
fn part(out: &mut Text, path: &str, what: &str) {
    say!(out, "\n  {BOLD}{}{BOLD:#}  {}", name(path), sentence(what));
}

/// A part of a report on one line.
fn in_a_line(out: &mut Text, path: &str, what: &str) {
    say!(
        out,
        "  {BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}",
        name(path),
        sentence(what)
    );
}

/// A line of a report: a label and a fact.
fn fact(out: &mut Text, label: &str, text: impl Display) {
    say!(
        out,
        "  {DIM}{label:<8}{DIM:#} {}",
        sentence(&text.to_string())
    );
}

/// Another line under the same label.
fn more(out: &mut Text, text: impl Display) {
    fact(out, "", text);
}

/// A list under a label, one item per line.
fn all<T: Display>(out: &mut Text, label: &str, items: impl IntoIterator<Item = T>) {
    for (at, item) in items.into_iter().enumerate() {
        fact(out, if at == 0 { label } else { "" }, item);
    }
}

/// A number and its noun.
fn counted(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {noun}s"),
    }
}

fn size(bytes: u64) -> String {
    DecimalBytes(bytes).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(counted(1, "library"), "1 library");
        assert_eq!(counted(2, "library"), "2 libraries");
        assert_eq!(counted(0, "finding"), "0 findings");
    }
}

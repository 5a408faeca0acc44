//! What `wr inspect` found, as text. Each kind of thing has a file; what they share is here.

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

use ::anatomy::release::ReleaseInspection;
use ::diagnostic::{Diagnostic, Evidence, SourceLocation};
use indicatif::DecimalBytes;

pub(crate) use self::difference::{Difference, Differing, Side};
pub(super) use self::document::Document;
pub(crate) use self::loads::Loads;
pub(super) use self::questions::{answers, differences, only_troubles, releases};
pub(crate) use self::why::{Answer, Answered, Found};
use super::diagnostic;
use super::style::{self, BAD, BOLD, DIM, GOOD, WARN};
use crate::cli::Question;
use crate::inspect::{Layout, Report, Trouble, What};
use crate::render::plain::{held, name, say, sentence, show};

/// All that was found and all that could not be read, in the order of the targets.
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

/// Prints everything: the reports, then what could not be read, which goes to standard error. A report of many lines is one
/// write.
pub(super) fn print(inspected: &Inspected<'_>, verbose: bool) {
    for group in inspected.groups {
        match group.layout {
            Layout::Table if !verbose => show(&held(|| table::print(&group.reports))),
            _ => group
                .reports
                .iter()
                .for_each(|report| show(&held(|| one(report, verbose)))),
        }
    }
    let shown = inspected.reports().count();
    if shown > 0 && shown + inspected.troubles.len() > 1 {
        summary(inspected);
    }
    troubles(inspected.troubles);
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

/// What differs between two targets.
pub(super) fn print_difference(differing: &Differing<'_>, verbose: bool) {
    difference::print(differing, verbose);
    troubles(differing.troubles);
}

/// Who is served by which wheel of releases.
pub(super) fn print_releases(releases: &[ReleaseInspection], met: &[Trouble]) {
    release::print(releases);
    troubles(met);
}

/// Why binaries ask for so much.
pub(super) fn print_answers(
    question: Question,
    answered: &[Answered],
    met: &[Trouble],
    verbose: bool,
) {
    why::print(question, answered, verbose);
    troubles(met);
}

fn one(report: &Report, verbose: bool) {
    match &report.what {
        What::Binary(facts) => binary::print(&report.target, facts, verbose),
        What::Wheel(facts) => wheel::print(&report.target, facts, verbose),
        What::Project(facts) => project::print(&report.target, facts, verbose),
        What::Installed(found) => installed::print(report, found, verbose),
    }
    say!();
    if report.diagnostics.is_empty() {
        if report.is_read_whole() {
            say!("  {GOOD}nothing wrong was found{GOOD:#}\n");
        } else {
            say!("  nothing wrong was found in what could be read\n");
        }
    }
    findings(report);
    if let Some(first) = report.diagnostics.first() {
        say!("  {DIM}`wr explain {}` says more.{DIM:#}\n", first.code);
    }
}

fn findings(report: &Report) {
    for finding in &report.diagnostics {
        self::finding(finding);
    }
}

/// A finding of whose words many are names that others chose.
fn finding(finding: &Diagnostic) {
    diagnostic::print(&on_lines_of_its_own(finding));
}

/// The finding with the ends of lines written out, in the names and sentences that stand in a line. Texts with lines of their
/// own are quoted, each behind a bar, so they cannot pass for something else.
fn on_lines_of_its_own(finding: &Diagnostic) -> Diagnostic {
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

fn summary(inspected: &Inspected<'_>) {
    let (inspected_count, findings) = (inspected.reports().count(), inspected.findings());
    let style = if findings == 0 { GOOD } else { WARN };
    let unread = match inspected.troubles.len() {
        0 => String::new(),
        count => format!("; {BAD}{count} could not be read{BAD:#}"),
    };
    say!(
        "{inspected_count} inspected, {style}{}{style:#}{unread}",
        counted(findings, "finding")
    );
}

/// The first line of a report: what it is called, and what it is.
fn headline(target: &str, what: &str) {
    say!("{BOLD}{}{BOLD:#}  {}", name(target), sentence(what));
}

/// The first line of a part of a report, such as one binary of a package.
fn part(path: &str, what: &str) {
    say!("\n  {BOLD}{}{BOLD:#}  {}", name(path), sentence(what));
}

/// A part of a report in a line.
fn in_a_line(path: &str, what: &str) {
    say!(
        "  {BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}",
        name(path),
        sentence(what)
    );
}

/// A line of a report: a label and what is known.
fn fact(label: &str, text: impl Display) {
    say!("  {DIM}{label:<8}{DIM:#} {}", sentence(&text.to_string()));
}

/// A further line under the same label.
fn more(text: impl Display) {
    fact("", text);
}

/// A list under a label, one item a line.
fn all<T: Display>(label: &str, items: impl IntoIterator<Item = T>) {
    for (at, item) in items.into_iter().enumerate() {
        fact(if at == 0 { label } else { "" }, item);
    }
}

/// A number with its noun.
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

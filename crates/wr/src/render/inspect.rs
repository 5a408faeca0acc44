//! What `wr inspect` found, as text. Each kind of thing has a file; what they share is here.

mod binary;
mod document;
mod installed;
mod project;
mod table;
mod wheel;

use std::fmt::Display;

use indicatif::DecimalBytes;

pub(super) use self::document::document;
use super::diagnostic;
use super::style::{self, BAD, BOLD, DIM, GOOD, WARN};
use crate::inspect::{Layout, Report, Trouble, What};
use crate::render::plain::{held, say, show};

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
    for trouble in inspected.troubles {
        style::error(
            &format!("{}: {}", trouble.target, trouble.message),
            trouble.help.as_deref(),
        );
    }
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
        diagnostic::print(finding);
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
    say!("{BOLD}{target}{BOLD:#}  {what}");
}

/// A line of a report: a label and what is known.
fn fact(label: &str, text: impl Display) {
    say!("  {DIM}{label:<8}{DIM:#} {text}");
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

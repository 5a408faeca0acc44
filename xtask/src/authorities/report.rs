//! The final output, and the table in the book.

use std::collections::BTreeSet;
use std::fs;

use anyhow::Context;

use super::Answer;
use super::difference::Difference;
use super::findings::{self, Fired};
use super::known::{Known, difference_entry, finding_entry};
use super::wheel::Inspected;
use super::{broken, retagged};

const PAGE: &str = "book/src/reference/agreement.md";

/// The results of the last run are between these lines of the page.
const BEGIN: &str = "<!-- The last run: written by `cargo xtask authorities --write`. -->";
const END: &str = "<!-- End of the last run. -->";

/// The result of a run.
#[derive(Debug)]
pub(super) struct Report {
    versions: Vec<String>,
    wheels: usize,
    packages: usize,
    binaries: usize,
    rows: Vec<Row>,
    fired: Vec<Fired>,
    differences: Vec<Difference>,
    unknown: String,
    explained: String,
    retagged: Option<retagged::Outcome>,
    broken: Option<broken::Outcome>,
    is_good: bool,
}

/// How much one authority was asked, and how often it differed.
#[derive(Debug)]
struct Row {
    name: &'static str,
    wheels: usize,
    compared: usize,
    differences: usize,
}

impl Report {
    pub(super) fn new(versions: Vec<String>, wheels: &[Inspected]) -> Self {
        let packages: BTreeSet<String> = wheels
            .iter()
            .map(|wheel| wheel.inspection.facts.name.distribution.to_lowercase())
            .collect();
        Self {
            versions,
            wheels: wheels.len(),
            packages: packages.len(),
            binaries: wheels
                .iter()
                .map(|wheel| wheel.inspection.facts.binaries().count())
                .sum(),
            rows: Vec::new(),
            fired: findings::fired(wheels),
            differences: Vec::new(),
            unknown: String::new(),
            explained: String::new(),
            retagged: None,
            broken: None,
            is_good: true,
        }
    }

    /// Adds an authority's answers on all wheels.
    pub(super) fn asked(&mut self, name: &'static str, answers: &[Answer]) {
        self.rows.push(Row {
            name,
            wheels: answers.iter().filter(|answer| answer.compared > 0).count(),
            compared: answers.iter().map(|answer| answer.compared).sum(),
            differences: answers.iter().map(|answer| answer.differences.len()).sum(),
        });
        let differences = answers.iter().flat_map(|answer| &answer.differences);
        self.differences.extend(differences.cloned());
    }

    /// Adds the results for copies under other tags.
    pub(super) fn retagged(&mut self, outcome: retagged::Outcome) {
        self.retagged = Some(outcome);
    }

    /// Adds the results for broken copies, if there were any.
    pub(super) fn broken(&mut self, outcome: Option<broken::Outcome>) {
        self.broken = outcome;
    }

    /// Separates known from unknown entries. Only a run of the whole list can tell whether something has vanished.
    pub(super) fn judge(&mut self, known: &Known, is_whole: bool) {
        let mut seen = (BTreeSet::new(), BTreeSet::new());
        for found in &self.differences {
            match known.differences.iter().position(|one| one.is(found)) {
                Some(at) => {
                    seen.0.insert(at);
                }
                None => self.unknown += &format!("{}\n", difference_entry(found)),
            }
        }
        for found in &self.fired {
            match known.findings.iter().position(|one| one.is(found)) {
                Some(at) => {
                    seen.1.insert(at);
                }
                None => self.unknown += &format!("{}\n", finding_entry(found)),
            }
        }
        if is_whole {
            for (at, one) in known.differences.iter().enumerate() {
                if !seen.0.contains(&at) {
                    self.unknown += &format!("vanished: {}\n", one.title());
                }
            }
            for (at, one) in known.findings.iter().enumerate() {
                if !seen.1.contains(&at) {
                    self.unknown += &format!("vanished: {}\n", one.title());
                }
            }
        }
        let retagged = self.retagged.iter().flat_map(|one| &one.surprises);
        let broken = self.broken.iter().flat_map(|one| &one.surprises);
        for surprise in retagged.chain(broken) {
            self.unknown += &format!("{surprise}\n");
        }
        self.explained = explained(known);
        self.is_good = self.unknown.is_empty();
    }

    pub(super) fn is_good(&self) -> bool {
        self.is_good
    }

    pub(super) fn text(&self) -> String {
        let verdict = if self.is_good {
            "every difference and every finding is known, with its reason".to_owned()
        } else {
            format!(
                "not known: fix `anatomy`, or look at each and write it into xtask/data/authorities with the reason\n\n{}",
                self.unknown
            )
        };
        format!("\n{}\n{verdict}", self.table())
    }

    fn table(&self) -> String {
        let mut text = format!(
            "{} wheels of {} packages with {} binaries; {}.\n\n\
             | authority | wheels | compared | differences |\n|---|---:|---:|---:|\n",
            self.wheels,
            self.packages,
            self.binaries,
            self.versions.join("; ")
        );
        for row in &self.rows {
            text += &format!(
                "| {} | {} | {} | {} |\n",
                row.name, row.wheels, row.compared, row.differences
            );
        }
        let wheels: BTreeSet<&str> = self.fired.iter().map(|one| one.wheel.as_str()).collect();
        text += &format!(
            "\nFindings of our rules: {}, on {} of the wheels.\n",
            self.fired.len(),
            wheels.len()
        );
        if let Some(outcome) = &self.retagged {
            text += &format!("\n{}\n", outcome.text());
        }
        if let Some(outcome) = &self.broken {
            text += &format!("\n{}\n", outcome.text());
        }
        text
    }

    /// Writes the table and the reviewed entries to the book.
    pub(super) fn write(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.is_good,
            "nothing is written while something is not known"
        );
        let path = crate::tidy::workspace_root()?.join(PAGE);
        let page = fs::read_to_string(&path).with_context(|| format!("cannot read {PAGE}"))?;
        let (head, rest) = page
            .split_once(BEGIN)
            .with_context(|| format!("{PAGE} has no line `{BEGIN}`"))?;
        let (_, tail) = rest
            .split_once(END)
            .with_context(|| format!("{PAGE} has no line `{END}`"))?;
        let text = format!(
            "{head}{BEGIN}\n\n{}\n{}\n{END}{tail}",
            self.table(),
            self.explained
        );
        fs::write(&path, text)?;
        println!("{PAGE} is written");
        Ok(())
    }
}

/// The reviewed entries as two tables, grouped by reason.
fn explained(known: &Known) -> String {
    let mut text = String::from("### Differences, and why\n\n| where | evidence |\n|---|---|\n");
    let differences = known
        .differences
        .iter()
        .map(|one| (one.title(), &one.evidence));
    text += &rows(differences);
    text += "\n### Rules that fire, and why\n\n| where | why it's right |\n|---|---|\n";
    text += &rows(known.findings.iter().map(|one| (one.title(), &one.reason)));
    text
}

fn rows<'known>(all: impl Iterator<Item = (String, &'known String)>) -> String {
    let mut groups: Vec<(&String, Vec<String>)> = Vec::new();
    for (title, reason) in all {
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, titles)) => titles.push(title),
            None => groups.push((reason, vec![title])),
        }
    }
    let mut text = String::new();
    for (reason, titles) in groups {
        text += &format!("| {} | {} |\n", cell(&titles.join("<br>")), cell(reason));
    }
    text
}

/// Text for a table cell: no bar or line break may end the cell.
fn cell(text: &str) -> String {
    text.trim().replace('|', "\\|").replace('\n', " ")
}

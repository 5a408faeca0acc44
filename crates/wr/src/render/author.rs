//! The proofs of a course as a table, and what to do about each defect.

use std::collections::BTreeSet;

use author::{Defect, Moved, Outcome, Places, Proof, Renumbering, Report, Row, Scaffolded};

use super::style::{BAD, BOLD, DIM, GOOD, HELP, PLACE, WARN};
use crate::render::text::{Text, say};

/// The width of a column. The names take two lines, so each may be as wide as two columns.
const COLUMN: usize = 5;

/// Writes the table and the defects.
pub(super) fn report(out: &mut Text, report: &Report, verbose: bool) {
    let proofs: Vec<Proof> = Proof::ALL
        .into_iter()
        .filter(|proof| {
            report
                .rows
                .iter()
                .any(|row| row.outcomes.contains_key(proof))
        })
        .collect();
    table(out, report, &proofs);
    if verbose {
        details(out, report);
    }
    let defects: Vec<&Defect> = report.defects().collect();
    if !defects.is_empty() {
        say!(out);
    }
    for defect in &defects {
        write(out, defect);
    }
    legend(out, report);
    let (exercises, proofs) = (
        plural(report.rows.len(), "exercise"),
        plural(proofs.len(), "proof"),
    );
    if defects.is_empty() {
        say!(out, "{GOOD}{exercises}, {proofs}: everything holds{GOOD:#}");
    } else {
        let exercises_with: usize = report
            .rows
            .iter()
            .filter(|row| row.outcomes.values().any(|one| !one.defects().is_empty()))
            .count();
        say!(
            out,
            "{BAD}{}{BAD:#} in {exercises_with} of {exercises}, {proofs}",
            plural(defects.len(), "defect")
        );
    }
}

fn plural(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

fn table(out: &mut Text, report: &Report, proofs: &[Proof]) {
    let names = report
        .rows
        .iter()
        .map(|row| row.exercise.name().as_str().chars().count());
    let width = names.max().unwrap_or(0) + 4;
    for shift in [0, 1] {
        let mut line = " ".repeat(width + shift * COLUMN);
        for proof in proofs.iter().skip(shift).step_by(2) {
            line.push_str(&format!("{:<1$}", proof.name(), 2 * COLUMN));
        }
        say!(out, "{DIM}{}{DIM:#}", line.trim_end());
    }
    let mut chapter = None;
    for row in &report.rows {
        if chapter != Some(row.exercise.chapter()) {
            chapter = Some(row.exercise.chapter());
            say!(out, "{BOLD}{}{BOLD:#}", row.exercise.chapter());
        }
        let cells: String = proofs.iter().map(|proof| cell(row, *proof)).collect();
        say!(
            out,
            "  {:<2$}{}",
            row.exercise.name().as_str(),
            cells.trim_end(),
            width - 2
        );
    }
}

fn cell(row: &Row, proof: Proof) -> String {
    let (style, text) = match row.outcomes.get(&proof) {
        None => return " ".repeat(COLUMN),
        Some(Outcome::Holds { .. }) => (GOOD, "✓".to_owned()),
        Some(Outcome::NotApplicable { .. }) => (DIM, "–".to_owned()),
        Some(Outcome::Fails { defects }) => (BAD, format!("✗{}", defects.len())),
    };
    let rest = COLUMN.saturating_sub(text.chars().count());
    format!("{style}{text}{style:#}{}", " ".repeat(rest))
}

/// The counts, for people who ask for them.
fn details(out: &mut Text, report: &Report) {
    say!(out);
    for row in &report.rows {
        for (proof, outcome) in &row.outcomes {
            match outcome {
                Outcome::Holds { detail } if !detail.is_empty() => {
                    say!(out, "  {DIM}{} {proof}: {detail}{DIM:#}", row.exercise);
                }
                _ => {}
            }
        }
    }
}

fn write(out: &mut Text, defect: &Defect) {
    let mut lines = defect.cause.lines();
    let first = lines.next().unwrap_or_default();
    say!(out, "{WARN}{}{WARN:#} {BOLD}{first}{BOLD:#}", defect.proof);
    say!(out, "  {PLACE}--> {}{PLACE:#}", defect.at);
    for line in lines {
        say!(out, "  {DIM}|{DIM:#} {line}");
    }
    for (index, line) in defect.next.lines().enumerate() {
        if index == 0 {
            say!(out, "  {HELP}help{HELP:#}: {line}");
        } else {
            say!(out, "        {line}");
        }
    }
    say!(out);
}

/// Why something could not be proved, once per reason.
fn legend(out: &mut Text, report: &Report) {
    let mut reasons = BTreeSet::new();
    for (proof, outcome) in report.rows.iter().flat_map(|row| &row.outcomes) {
        if let Outcome::NotApplicable { reason } = outcome {
            reasons.insert((*proof, reason.as_str()));
        }
    }
    if !reasons.is_empty() {
        say!(out);
    }
    for (proof, reason) in reasons {
        say!(out, "{DIM}– {proof}: {reason}{DIM:#}");
    }
}

/// Writes what was written for a new exercise, and what to do next.
pub(super) fn scaffolded(out: &mut Text, written: &Scaffolded, moved: &[Moved]) {
    moves(out, moved);
    say!(
        out,
        "Created {BOLD}{}{BOLD:#}, package `{}`.\n",
        written.id,
        written.package
    );
    for file in &written.files {
        say!(out, "  {file}");
    }
    let sentence = "It contains a small task as a placeholder. `TODO(author)` marks everything you still have to write:";
    say!(out, "\n{}", out.wrapped(sentence, 0));
    say!(out, "  {DIM}wr author check {}{DIM:#}", written.id);
}

/// Writes what was moved.
pub(super) fn renumbered(out: &mut Text, renumbering: &Renumbering, places: &Places, is_dry: bool) {
    moves(out, &renumbering.moved);
    let (renamed, rewritten) = if is_dry {
        ("would be renamed", "would be rewritten")
    } else {
        ("renamed", "rewritten")
    };
    for (from, to) in &renumbering.renames {
        say!(
            out,
            "  {DIM}{renamed}:{DIM:#} {} → {}",
            places.shown(from),
            places.shown(to)
        );
    }
    for file in &renumbering.rewrites {
        say!(out, "  {DIM}{rewritten}:{DIM:#} {}", places.shown(file));
    }
    if !is_dry {
        let sentence = "The old names are now under `formerly`, so learners keep their progress. Next, run `wr author check`.";
        say!(out, "\n{}", out.wrapped(sentence, 0));
    }
}

fn moves(out: &mut Text, moved: &[Moved]) {
    for one in moved {
        say!(out, "{BOLD}{}{BOLD:#} → {GOOD}{}{GOOD:#}", one.from, one.to);
    }
    if !moved.is_empty() {
        say!(out);
    }
}

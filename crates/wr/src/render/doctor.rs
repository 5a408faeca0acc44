//! What the doctor found, as text: one line for what is fine, every detail for what isn't.

use engine::{CheckOutcome, Examined, Health, RepairOutcome};

use super::diagnostic;
use super::snippet::Sources;
use super::style::{BAD, BOLD, DIM, GOOD, WARN};
use crate::render::text::{Text, say};

/// The width of the column that names what is checked, in characters.
const COLUMN: usize = 16;

/// Writes the checks in order, then the summary.
pub(super) fn write(
    out: &mut Text,
    examined: &[Examined],
    repaired: &[RepairOutcome],
    place: &str,
) {
    say!(out, "{BOLD}{place}{BOLD:#}\n");
    for one in repaired {
        match &one.failed {
            None => say!(out, "{GOOD}✓{GOOD:#} {}", one.what),
            Some(reason) => {
                say!(
                    out,
                    "{BAD}✗{BAD:#} {}",
                    out.wrapped(&format!("{}: {reason}", one.what), 2)
                );
            }
        }
    }
    if !repaired.is_empty() {
        say!(out);
    }
    for one in examined {
        for (row, outcome) in one.outcomes.iter().enumerate() {
            line(out, if row == 0 { one.title } else { "" }, outcome);
        }
    }
    conclude(out, examined, repaired);
}

fn line(out: &mut Text, title: &str, outcome: &CheckOutcome) {
    let (mark, style) = match outcome.health {
        Health::Fine => ("✓", GOOD),
        Health::Advice => ("•", WARN),
        Health::Wrong => ("✗", BAD),
    };
    say!(
        out,
        "{style}{mark}{style:#} {title:COLUMN$} {}",
        out.wrapped(&outcome.message, COLUMN + 3)
    );
    if let Some(finding) = &outcome.finding {
        let indent = COLUMN + 3;
        for evidence in &finding.evidence {
            diagnostic::evidence_lines(out, evidence, &Sources::default(), indent);
        }
        if let Some(hint) = &finding.hint {
            let hint = out.wrapped(&format!("{hint} ({})", finding.code), indent);
            say!(out, "{:indent$}{DIM}{hint}{DIM:#}", "");
        }
    }
    if let Some(advice) = &outcome.advice {
        let indent = COLUMN + 3;
        say!(
            out,
            "{:indent$}{DIM}{}{DIM:#}",
            "",
            out.wrapped(advice, indent)
        );
    }
    if let Some(command) = &outcome.command {
        say!(
            out,
            "{:indent$}{BOLD}fix{BOLD:#}: {command}",
            "",
            indent = COLUMN + 3
        );
    }
}

/// The overall health.
pub(super) fn worst(examined: &[Examined]) -> Health {
    let all = examined.iter().flat_map(|one| &one.outcomes);
    all.map(|outcome| outcome.health)
        .max()
        .unwrap_or(Health::Fine)
}

fn conclude(out: &mut Text, examined: &[Examined], repaired: &[RepairOutcome]) {
    let count = |wanted| {
        let all = examined.iter().flat_map(|one| &one.outcomes);
        all.filter(|outcome| outcome.health == wanted).count()
    };
    let (wrong, advice) = (count(Health::Wrong), count(Health::Advice));
    let remarks = match advice {
        0 => String::new(),
        1 => ", one remark".to_owned(),
        many => format!(", {many} remarks"),
    };
    match wrong {
        0 => say!(out, "\n{GOOD}nothing is wrong{GOOD:#}{remarks}"),
        1 => say!(out, "\n{BAD}one thing is wrong{BAD:#}{remarks}"),
        many => say!(out, "\n{BAD}{many} things are wrong{BAD:#}{remarks}"),
    }
    let can_repair = examined
        .iter()
        .flat_map(|one| &one.outcomes)
        .any(|outcome| outcome.repair.is_some());
    if can_repair && repaired.is_empty() {
        say!(
            out,
            "{DIM}`wr doctor --fix` repairs what wr itself created.{DIM:#}"
        );
    }
    let first = examined
        .iter()
        .flat_map(|one| &one.outcomes)
        .filter(|outcome| outcome.health == Health::Wrong)
        .find_map(|outcome| outcome.finding.as_ref());
    if let Some(first) = first {
        say!(out, "{DIM}`wr explain {}` says more.{DIM:#}", first.code);
    }
}

//! A whole environment: one line for each distribution, then the findings.

use std::collections::BTreeMap;

use ::diagnostic::{Diagnostic, some};
use anatomy::loads::Loads as Answered;

use super::{all, headline, in_words, of_all};
use crate::inspect::loads::{Asked, DistributionAnswer, EnvironmentAnswer};
use crate::render::inspect::{counted, finding};
use crate::render::plain::{name, sentence};
use crate::render::style::{BAD, BOLD, DIM, GOOD, WARN};
use crate::render::text::{Text, say};

/// At most this many names are listed.
const MOST_NAMES: usize = 12;

/// With more distributions than this, those that load are only counted.
const MOST_ROWS: usize = 40;

pub(super) fn write(out: &mut Text, answer: &EnvironmentAnswer, asked: &Asked, verbose: bool) {
    let total = answer.distributions.len();
    let count = |wanted: Answered| {
        answer
            .distributions
            .iter()
            .filter(|one| one.answer.loads == wanted)
            .count()
    };
    let (bad, open) = (count(Answered::No), count(Answered::Unknown));
    let (style, words) = if total == 0 {
        (GOOD, "there are no extensions".to_owned())
    } else if bad > 0 {
        (
            BAD,
            format!(
                "{bad} of {} with extensions don't load",
                counted(total, "distribution")
            ),
        )
    } else if open > 0 {
        (
            WARN,
            format!(
                "{open} of {} with extensions may not load",
                counted(total, "distribution")
            ),
        )
    } else {
        (
            GOOD,
            format!(
                "all {} with extensions load",
                counted(total, "distribution")
            ),
        )
    };
    let pure = match answer.pure {
        0 => String::new(),
        count => format!("; {} without extensions", counted(count, "distribution")),
    };
    headline(out, asked, style, &format!("{words}{pure}"));
    say!(out);
    let is_quiet = |one: &DistributionAnswer| {
        one.answer.loads == Answered::Yes && one.answer.all_findings().next().is_none()
    };
    let shown: Vec<&DistributionAnswer> = answer
        .distributions
        .iter()
        .filter(|one| verbose || total <= MOST_ROWS || !is_quiet(one))
        .collect();
    table(out, &shown);
    let left_out = total - shown.len();
    if left_out > 0 {
        say!(
            out,
            "  {DIM}{} more load; --verbose lists them{DIM:#}",
            counted(left_out, "distribution")
        );
    }
    say!(out);
    if verbose {
        for one in answer.distributions.iter().filter(|one| !is_quiet(one)) {
            say!(out, "  {BOLD}{}{BOLD:#}", name(&called(one)));
            all(out, one.answer.findings.iter());
            of_all(out, &one.answer.modules);
        }
    } else {
        by_code(out, &answer.distributions);
    }
}

/// The findings, one for each code: many distributions usually share the same problem.
fn by_code(out: &mut Text, distributions: &[DistributionAnswer]) {
    let mut found: BTreeMap<&str, (&Diagnostic, Vec<String>)> = BTreeMap::new();
    for one in distributions {
        for finding in one.answer.all_findings() {
            let (_, names) = found
                .entry(finding.code.as_str())
                .or_insert((finding, Vec::new()));
            let called = one.name.clone().unwrap_or_else(|| called(one));
            if names.last() != Some(&called) {
                names.push(called);
            }
        }
    }
    for (first, names) in found.into_values() {
        let example = if names.len() > 1 {
            "; for example:"
        } else {
            ":"
        };
        say!(
            out,
            "  {BOLD}{}{BOLD:#}{example}",
            sentence(&some(&names, MOST_NAMES))
        );
        finding(out, first);
    }
}

fn table(out: &mut Text, shown: &[&DistributionAnswer]) {
    let widest = |cell: &dyn Fn(&DistributionAnswer) -> String, heading: &str| {
        shown
            .iter()
            .map(|one| cell(one).chars().count())
            .chain([heading.len()])
            .max()
            .unwrap_or(0)
    };
    let named = |one: &DistributionAnswer| name(&called(one)).into_owned();
    let modules = |one: &DistributionAnswer| one.answer.modules.len().to_string();
    let (first, second) = (
        widest(&named, "DISTRIBUTION"),
        widest(&modules, "EXTENSIONS"),
    );
    if !shown.is_empty() {
        say!(
            out,
            "  {DIM}{:<first$}  {:<second$}  ANSWER{DIM:#}",
            "DISTRIBUTION",
            "EXTENSIONS"
        );
    }
    for one in shown {
        let (style, words) = in_words(one.answer.loads, one.answer.gil);
        say!(
            out,
            "  {:<first$}  {:<second$}  {style}{words}{style:#}{}",
            named(one),
            modules(one),
            partly(one)
        );
    }
}

/// How many of its extensions don't load, if some do.
fn partly(one: &DistributionAnswer) -> String {
    let modules = &one.answer.modules;
    let stopped = modules
        .iter()
        .filter(|module| module.answer.loads == Answered::No)
        .count();
    if stopped == 0 || stopped == modules.len() {
        return String::new();
    }
    format!(" ({stopped} of {})", modules.len())
}

fn called(one: &DistributionAnswer) -> String {
    match (&one.name, &one.version) {
        (Some(name), Some(version)) => format!("{name} {version}"),
        (Some(name), None) => name.clone(),
        (None, _) => "(of no distribution)".to_owned(),
    }
}

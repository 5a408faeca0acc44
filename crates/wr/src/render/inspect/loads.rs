//! Whether extensions load, as text: a one-line answer for each target and each Python, then the findings.

mod document;
mod environment;
mod lock;

use std::collections::BTreeMap;

use ::diagnostic::Diagnostic;
use anatomy::loads::{Gil, Loads as Answered, LockAnswer, ModuleAnswer, PackageAnswer};

pub(in crate::render) use self::document::Document;
use super::{counted, fact, finding};
use crate::inspect::Trouble;
use crate::inspect::loads::{self, Answer, Asked, Kind};
use crate::render::plain::{name, sentence};
use crate::render::style::{BAD, BOLD, DIM, GOOD, StyleMark, WARN};
use crate::render::text::{Text, say};

/// The answers for all targets.
pub(crate) struct Loads<'l> {
    pub(crate) asked: &'l [Asked],
    pub(crate) answered: &'l [loads::Answered],
    pub(crate) troubles: &'l [Trouble],
}

impl Loads<'_> {
    /// How many findings there are.
    pub(crate) fn findings(&self) -> usize {
        self.answered
            .iter()
            .flat_map(|one| &one.answers)
            .map(Answer::findings)
            .sum()
    }
}

/// The answers.
pub(in crate::render) fn write(out: &mut Text, loads: &Loads<'_>, verbose: bool) {
    for one in loads.answered {
        target(out, one, loads.asked, verbose);
    }
}

fn target(out: &mut Text, one: &loads::Answered, asked: &[Asked], verbose: bool) {
    let what = match one.kind {
        Kind::Binary => "",
        Kind::Wheel => "wheel",
        Kind::Installed => "installed",
        Kind::Environment => "environment",
        Kind::Lock => "lock file",
        Kind::Requirements => "according to the package index",
    };
    say!(
        out,
        "{}",
        format!("{BOLD}{}{BOLD:#}  {what}", name(&one.target)).trim_end()
    );
    let mut first = None;
    for (answer, python) in one.answers.iter().zip(asked) {
        match answer {
            Answer::Package(answer) => package(out, answer, one.kind, python, verbose),
            Answer::Environment(answer) => environment::write(out, answer, python, verbose),
            Answer::Lock(answer) => lock::write(out, answer, one.kind, python, verbose),
        }
        first = first.or_else(|| first_code(answer));
    }
    match first {
        Some(code) => say!(out, "  {DIM}`wr explain {code}` says more.{DIM:#}\n"),
        None => say!(out),
    }
}

fn first_code(answer: &Answer) -> Option<String> {
    let code = |finding: &Diagnostic| finding.code.to_string();
    match answer {
        Answer::Package(answer) => answer.all_findings().next().map(code),
        Answer::Environment(answer) => answer
            .distributions
            .iter()
            .find_map(|one| one.answer.all_findings().next().map(code)),
        Answer::Lock(answer) => first_of(answer).map(code),
    }
}

fn first_of(answer: &LockAnswer) -> Option<&Diagnostic> {
    let of_packages = answer.packages.iter().flat_map(|package| &package.findings);
    answer.findings.iter().chain(of_packages).next()
}

/// A Python's line: what it is, and the answer in a few words.
fn headline(out: &mut Text, asked: &Asked, style: StyleMark, answer: &str) {
    let by = match &asked.interpreter {
        Some(path) => format!(" ({})", path.display()),
        None => String::new(),
    };
    say!(
        out,
        "  {BOLD}{}{BOLD:#}{DIM}{}{DIM:#}: {style}{}{style:#}",
        sentence(&asked.host.to_string()),
        sentence(&by),
        sentence(answer)
    );
}

fn package(out: &mut Text, answer: &PackageAnswer, kind: Kind, asked: &Asked, verbose: bool) {
    let (style, mut words) = in_words(answer.loads, answer.gil);
    let is_refused = kind == Kind::Wheel && answer.modules.is_empty();
    if is_refused && answer.loads == Answered::No {
        "can't be installed there".clone_into(&mut words);
    } else if answer.modules.is_empty() && answer.loads == Answered::Yes {
        "nothing to load: it contains no extension".clone_into(&mut words);
    } else if answer.modules.len() > 1 {
        words = format!("{words} ({})", of_modules(&answer.modules));
    }
    headline(out, asked, style, &words);
    if answer.modules.len() < 2 {
        for module in &answer.modules {
            reasons(out, module, verbose);
        }
    } else {
        let shown = |module: &&ModuleAnswer| {
            verbose || module.answer.loads != Answered::Yes || !module.answer.findings.is_empty()
        };
        for (words, modules) in grouped(answer.modules.iter().filter(shown)) {
            let Some(first) = modules.first() else {
                continue;
            };
            say!(out, "\n    {}  {words}", listed(&modules));
            reasons(out, first, verbose);
        }
    }
    if answer.all_findings().next().is_some() {
        say!(out);
    }
    all(out, answer.findings.iter());
    of_all(out, &answer.modules);
}

fn all<'f>(out: &mut Text, findings: impl Iterator<Item = &'f Diagnostic>) {
    for one in findings {
        finding(out, one);
    }
}

/// What's known apart from findings.
fn reasons(out: &mut Text, module: &ModuleAnswer, verbose: bool) {
    if let Some(undecided) = &module.answer.undecided {
        fact(out, "because", undecided);
    }
    if let Some(gil) = &module.answer.gil
        && (verbose || gil.gil != Gil::TurnsOn)
    {
        fact(out, "GIL", &gil.reason);
    }
}

/// Groups of modules with the same answer, ordered by the first module in each.
fn grouped<'m>(
    modules: impl Iterator<Item = &'m ModuleAnswer>,
) -> Vec<(String, Vec<&'m ModuleAnswer>)> {
    let mut groups: Vec<(String, Vec<&ModuleAnswer>)> = Vec::new();
    for module in modules {
        let (_, words) = in_words(
            module.answer.loads,
            module.answer.gil.as_ref().map(|gil| gil.gil),
        );
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, group)) => group.push(module),
            None => groups.push((words, vec![module])),
        }
    }
    groups
}

/// The paths of modules: the first one, and how many more.
fn listed(modules: &[&ModuleAnswer]) -> String {
    let first = modules
        .first()
        .map_or_else(String::new, |module| name(&module.path).into_owned());
    match modules.len() {
        0 | 1 => first,
        count => format!("{first} and {} more", count - 1),
    }
}

/// Writes the findings for modules: the first one for each code, and how many more modules have it, because a package's
/// modules share their faults.
fn of_all(out: &mut Text, modules: &[ModuleAnswer]) {
    let mut by_code: BTreeMap<&str, (&Diagnostic, usize)> = BTreeMap::new();
    for module in modules {
        let mut own: Vec<&Diagnostic> = module.answer.findings.iter().collect();
        own.dedup_by_key(|finding| &finding.code);
        for finding in own {
            by_code
                .entry(finding.code.as_str())
                .or_insert((finding, 0))
                .1 += 1;
        }
    }
    for (first, count) in by_code.into_values() {
        let mut shown = first.clone();
        if count > 1 {
            shown.message = format!(
                "{}; the same goes for {}",
                first.message,
                counted(count - 1, "other extension")
            );
        }
        finding(out, &shown);
    }
}

fn of_modules(modules: &[ModuleAnswer]) -> String {
    let loading = modules
        .iter()
        .filter(|module| module.answer.loads == Answered::Yes)
        .count();
    if loading == modules.len() {
        counted(loading, "extension")
    } else {
        format!("{loading} of {} do", counted(modules.len(), "extension"))
    }
}

/// An answer in a few words, with a colour.
fn in_words(loads: Answered, gil: Option<Gil>) -> (StyleMark, String) {
    let (style, words) = match (loads, gil) {
        (Answered::No, _) => (BAD, "doesn't load"),
        (Answered::Unknown, Some(Gil::TurnsOn)) => (WARN, "may load, and turns the GIL on"),
        (Answered::Unknown, _) => (WARN, "may load"),
        (Answered::Yes, None) => (GOOD, "loads"),
        (Answered::Yes, Some(Gil::StaysOff)) => (GOOD, "loads, and the GIL stays off"),
        (Answered::Yes, Some(Gil::Unknown)) => {
            (GOOD, "loads; whether the GIL stays off isn't known")
        }
        (Answered::Yes, Some(Gil::TurnsOn)) => (WARN, "loads, but turns the GIL on"),
    };
    (style, words.to_owned())
}

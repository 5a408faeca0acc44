//! A release as text: a table of systems and Pythons, broken promises, and the smallest number of wheels that would do.

use anatomy::Implementation;
use anatomy::loads::Python;
use anatomy::release::{Cell, ReleaseFacts, ReleaseInspection, Row, SmallestSet, SuggestedWheel};

use super::{counted, finding};
use crate::render::plain::{name, sentence};
use crate::render::style::{BOLD, DIM, GOOD, WARN};
use crate::render::text::{Text, say};

/// Wider tables are split into several, between columns.
const WIDTH: usize = 80;

/// The width of the last column: `10.12-11.0`.
const FROM: usize = 10;

/// The width of a column.
const CELL: usize = 6;

pub(crate) fn write(out: &mut Text, releases: &[ReleaseInspection]) {
    if releases.len() > 1 {
        say!(
            out,
            "{WARN}{} found{WARN:#}, each checked separately:\n",
            counted(releases.len(), "release")
        );
    }
    for release in releases {
        one(out, release);
    }
}

fn one(out: &mut Text, release: &ReleaseInspection) {
    let facts = &release.facts;
    let sdist = if facts.sdist.is_some() {
        " and a source distribution"
    } else {
        ", no source distribution"
    };
    say!(
        out,
        "{BOLD}{} {}{BOLD:#}  {}{sdist}",
        name(&facts.distribution),
        name(&facts.version),
        counted(facts.wheels.len(), "wheel")
    );
    if let Some(required) = &facts.requires_python {
        say!(out, "  {DIM}requires{DIM:#} Python {}", sentence(required));
    }
    say!(out);
    table(out, facts);
    legend(out, facts);
    if let Some(set) = &facts.smallest {
        smallest(out, set);
    }
    say!(out);
    for one in &release.diagnostics {
        finding(out, one);
    }
    if release.diagnostics.is_empty() {
        say!(out, "  {GOOD}nothing wrong was found{GOOD:#}\n");
    }
}

fn table(out: &mut Text, facts: &ReleaseFacts) {
    let labels: Vec<String> = facts
        .rows
        .iter()
        .map(|row| row.system.to_string())
        .collect();
    let first = labels
        .iter()
        .map(|label| label.chars().count())
        .max()
        .unwrap_or(0);
    // The last column shows the oldest supported system.
    let fit = WIDTH.saturating_sub(first + 4 + FROM) / CELL;
    for part in parts(facts, fit.max(1)) {
        let part = part.as_slice();
        let headings: String = part
            .iter()
            .filter_map(|at| facts.pythons.get(*at))
            .map(|python| format!("{:<CELL$}", short(*python)))
            .collect();
        say!(out, "  {DIM}{:<first$}  {headings}from{DIM:#}", "");
        for (row, label) in facts.rows.iter().zip(&labels) {
            let from = from(row, part);
            let mut cells = String::new();
            for (place, at) in part.iter().enumerate() {
                // Lines don't end in spaces.
                let is_last = from.is_empty() && place + 1 == part.len();
                let width = if is_last { 0 } else { CELL };
                cells.extend(row.cells.get(*at).map(|one| cell(one, width)));
            }
            say!(out, "  {:<first$}  {cells}{DIM}{from}{DIM:#}", name(label));
        }
        say!(out);
    }
}

/// The columns of each table: a single table, or, if they don't fit, standard builds and the others separately.
fn parts(facts: &ReleaseFacts, fit: usize) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..facts.pythons.len()).collect();
    if all.len() <= fit {
        return vec![all];
    }
    let is_ordinary = |at: &usize| {
        facts.pythons.get(*at).is_some_and(|python| {
            python.implementation == Implementation::CPython && !python.is_free_threaded()
        })
    };
    let (ordinary, others): (Vec<usize>, Vec<usize>) = all.into_iter().partition(is_ordinary);
    ordinary
        .chunks(fit)
        .chain(others.chunks(fit))
        .map(<[usize]>::to_vec)
        .collect()
}

/// The oldest system version that serves the Pythons in some columns: a single one, or the lowest and the highest.
fn from(row: &Row, columns: &[usize]) -> String {
    let mut versions: Vec<(u32, u32)> = columns
        .iter()
        .filter_map(|at| match row.cells.get(*at)? {
            Cell::Wheel { oldest, .. } => {
                let (major, minor) = oldest.as_deref()?.split_once('.')?;
                Some((major.parse().ok()?, minor.parse().ok()?))
            }
            _ => None,
        })
        .collect();
    versions.sort_unstable();
    versions.dedup();
    match (versions.first(), versions.last()) {
        (Some(first), Some(last)) if first != last => {
            format!("{}.{}-{}.{}", first.0, first.1, last.0, last.1)
        }
        (Some(one), _) => format!("{}.{}", one.0, one.1),
        _ => String::new(),
    }
}

/// `pypy3.11` is too wide for a column.
fn short(python: Python) -> String {
    let text = python.to_string();
    match text.strip_prefix("pypy") {
        Some(version) => format!("pp{}", version.replace('.', "")),
        None => text,
    }
}

fn cell(cell: &Cell, width: usize) -> String {
    match cell {
        Cell::Wheel { tag, .. } => {
            let text = kind(&tag.abi, &tag.platform);
            format!("{GOOD}{text:<width$}{GOOD:#}")
        }
        Cell::Sdist => format!("{WARN}{:<width$}{WARN:#}", "sdist"),
        Cell::Nothing => format!("{DIM}{:<width$}{DIM:#}", "-"),
        Cell::Excluded => format!("{DIM}{:<width$}{DIM:#}", "no"),
    }
}

/// The kind of wheel that serves a Python, in one word.
fn kind<'t>(abi: &'t str, platform: &str) -> &'t str {
    match abi {
        "none" if platform == "any" => "any",
        "none" => "py3",
        "abi3" | "abi3t" => abi,
        _ => "own",
    }
}

/// Explains the words that occur in the table.
fn legend(out: &mut Text, facts: &ReleaseFacts) {
    let has =
        |wanted: &dyn Fn(&Cell) -> bool| facts.rows.iter().flat_map(|row| &row.cells).any(wanted);
    let has_kind = |word: &str| {
        has(
            &|cell: &Cell| matches!(cell, Cell::Wheel { tag, .. } if kind(&tag.abi, &tag.platform) == word),
        )
    };
    let mut words: Vec<&str> = Vec::new();
    if has_kind("own") {
        words.push("own: a wheel for just this version");
    }
    if has_kind("abi3") {
        words.push("abi3: a wheel for the stable ABI");
    }
    if has_kind("abi3t") {
        words.push("abi3t: a wheel for the stable ABI of free-threaded builds");
    }
    if has_kind("py3") {
        words.push("py3: a wheel for any Python");
    }
    if has_kind("any") {
        words.push("any: a wheel for any Python on any system");
    }
    if has(&|cell: &Cell| *cell == Cell::Sdist) {
        words.push("sdist: compiled by the user");
    }
    if has(&|cell: &Cell| *cell == Cell::Nothing) {
        words.push("-: nothing to install");
    }
    if has(&|cell: &Cell| *cell == Cell::Excluded) {
        words.push("no: excluded by Requires-Python");
    }
    if has(&|cell: &Cell| {
        matches!(
            cell,
            Cell::Wheel {
                oldest: Some(_),
                ..
            }
        )
    }) {
        words.push("from: the oldest glibc, musl or macOS that the row's wheels need");
    }
    for word in words {
        say!(out, "  {DIM}{}{DIM:#}", out.wrapped(word, 2));
    }
}

fn smallest(out: &mut Text, set: &SmallestSet) {
    let all_exist = set.wheels.iter().all(|wheel| wheel.exists);
    say!(out);
    if all_exist && set.now <= set.wheels.len() {
        say!(
out, "  {}",
            out.wrapped(
                &format!(
                    "No smaller set of wheels serves every Python that's promised or served now: {} for each system.",
                    set.wheels.len()
                ),
                2
            )
        );
        return;
    }
    say!(
out, "  {}",
        out.wrapped(
            &format!(
                "{} for each system would serve every Python that's promised or served now; currently there are up to {}:",
                counted(set.wheels.len(), "wheel"),
                set.now
            ),
            2
        )
    );
    let width = set
        .wheels
        .iter()
        .map(|wheel| wheel.tags.len())
        .max()
        .unwrap_or(0);
    for wheel in &set.wheels {
        let serves = range(&wheel.serves);
        let state = if wheel.exists { "" } else { "  (to build)" };
        let later = later(wheel).map_or_else(String::new, |tags| {
            format!("; {tags} would serve later ones too")
        });
        say!(
            out,
            "    {BOLD}{:<width$}{BOLD:#}  serves {serves}{later}{DIM}{state}{DIM:#}",
            wheel.tags
        );
    }
    let asks_for_stable = set
        .wheels
        .iter()
        .any(|wheel| wheel.tags.contains("abi3") && !wheel.exists);
    if asks_for_stable && set.outside > 0 {
        say!(
out, "  {}",
            out.wrapped(
                &format!(
                    "To get there, the extension would have to avoid {} outside the stable ABI; `wr inspect --why abi3` \
                     on a wheel lists them, with replacements.",
                    counted(set.outside, "function")
                ),
                2
            )
        );
    }
}

/// For a missing wheel for one version: the stable ABI tag that would serve later Pythons too.
fn later(wheel: &SuggestedWheel) -> Option<String> {
    let [python] = wheel.serves.as_slice() else {
        return None;
    };
    let digits = format!("{}{}", python.version.major, python.version.minor);
    let has_one = !wheel.exists
        && python.implementation == Implementation::CPython
        && python.is_free_threaded()
        && python.version.minor >= 15;
    has_one.then(|| format!("cp{digits}-abi3t"))
}

/// Consecutive Pythons as a range: `3.11 to 3.15 and 3.15t`.
fn range(pythons: &[Python]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(first) = pythons.get(at) {
        let mut last = *first;
        let mut end = at + 1;
        while let Some(next) = pythons.get(end)
            && next.threading == last.threading
            && next.implementation == last.implementation
            && next.version.minor == last.version.minor + 1
        {
            last = *next;
            end += 1;
        }
        parts.push(if last == *first {
            first.to_string()
        } else {
            format!("{first} to {last}")
        });
        at = end;
    }
    parts.join(", ")
}

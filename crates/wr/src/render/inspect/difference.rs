//! The differences between two binaries, wheels or releases, as text: first what's worse for users, then what's better,
//! then the rest. A difference that applies to all wheels in a release is listed once.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use anatomy::compare::{
    Aspect, BinaryDifference, Change, Compared, Effect, ReleaseDifference, WheelDifference,
};
use serde::Serialize;

use self::words::{label, texts};
use super::{counted, size};
use crate::inspect::Trouble;
use crate::render::plain::{name, sentence};
use crate::render::style::{BAD, BOLD, DIM, GOOD};
use crate::render::text::{Text, say};

/// How many items of an aspect are shown without `--verbose`.
const SHOWN: usize = 6;

/// The column where a line's text starts.
const COLUMN: usize = 15;

/// What was compared, and the differences.
pub(crate) struct Differing<'d> {
    pub(crate) old: &'d str,
    pub(crate) new: &'d str,
    pub(crate) difference: &'d Difference,
    pub(crate) troubles: &'d [Trouble],
}

/// What differs.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Difference {
    /// Two binaries.
    Binary(BinaryDifference),
    /// Two wheels.
    Wheel(WheelDifference),
    /// Two releases.
    Release {
        /// The old one.
        #[serde(skip)]
        old: Side,
        /// The new one.
        #[serde(skip)]
        new: Side,
        /// What differs.
        #[serde(flatten)]
        difference: ReleaseDifference,
    },
}

impl Difference {
    /// Whether something is worse for some users.
    pub(crate) fn is_worse(&self) -> bool {
        let is_worse = |change: &Change| change.effect == Effect::Worse;
        match self {
            Self::Binary(found) => found.changes.iter().any(is_worse),
            Self::Wheel(found) => found.all_changes().any(is_worse),
            Self::Release { difference, .. } => difference.is_worse(),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Binary(found) => found.is_empty(),
            Self::Wheel(found) => found.is_empty(),
            Self::Release { difference, .. } => difference.is_empty(),
        }
    }
}

/// One of two releases.
#[derive(Debug)]
pub(crate) struct Side {
    /// Projects and versions, from the wheels' names.
    name: String,
    wheels: usize,
    size: u64,
}

impl Side {
    pub(crate) fn of(wheels: &[Compared<'_>]) -> Self {
        let names: BTreeSet<String> = wheels
            .iter()
            .map(|wheel| {
                let name = &wheel.facts.name;
                format!("{} {}", name.distribution, name.version)
            })
            .collect();
        let names: Vec<String> = names.into_iter().collect();
        Self {
            name: diagnostic::some(&names, 2),
            wheels: wheels.len(),
            size: wheels.iter().filter_map(|wheel| wheel.size).sum(),
        }
    }
}

/// A line: a difference, and the pairs it applies to.
struct Line {
    effect: Effect,
    aspect: Aspect,
    text: String,
    pairs: BTreeSet<usize>,
}

pub(crate) fn write(out: &mut Text, differing: &Differing<'_>, verbose: bool) {
    {
        let mut lines = Lines::default();
        let mut pairs = 1;
        match differing.difference {
            Difference::Binary(found) => {
                headline(out, differing.old, differing.new);
                lines.add_all(&found.changes, 0, None);
            }
            Difference::Wheel(found) => {
                headline(out, &found.old, &found.new);
                lines.add_wheel(found, main_binary(std::slice::from_ref(found)), 0);
            }
            Difference::Release {
                old,
                new,
                difference,
            } => {
                say!(
                    out,
                    "{BOLD}{} → {}{BOLD:#}  {} ({}) → {} ({})",
                    name(&old.name),
                    name(&new.name),
                    counted(old.wheels, "wheel"),
                    size(old.size),
                    counted(new.wheels, "wheel"),
                    size(new.size)
                );
                lines.add_wheels(difference);
                pairs = difference.pairs.len();
                let main = main_binary(&difference.pairs);
                for (at, pair) in difference.pairs.iter().enumerate() {
                    lines.add_wheel(pair, main, at);
                }
            }
        }
        say!(out);
        if differing.difference.is_empty() {
            say!(out, "  {GOOD}no difference{GOOD:#}");
        }
        lines.write(out, pairs, verbose);
        say!(out);
    }
}

fn headline(out: &mut Text, old: &str, new: &str) {
    let same = old == new;
    if same {
        say!(out, "{BOLD}{}{BOLD:#}", name(old));
    } else {
        say!(
            out,
            "{BOLD}{}{BOLD:#}\n  → {BOLD}{}{BOLD:#}",
            name(old),
            name(new)
        );
    }
}

#[derive(Default)]
struct Lines {
    lines: Vec<Line>,
}

impl Lines {
    fn add(&mut self, effect: Effect, aspect: Aspect, text: String, pair: usize) {
        let known = self
            .lines
            .iter_mut()
            .find(|line| line.effect == effect && line.aspect == aspect && line.text == text);
        match known {
            Some(line) => {
                line.pairs.insert(pair);
            }
            None => self.lines.push(Line {
                effect,
                aspect,
                text,
                pairs: BTreeSet::from([pair]),
            }),
        }
    }

    fn add_all(&mut self, changes: &[Change], pair: usize, part: Option<&str>) {
        for change in changes {
            for text in texts(change) {
                let text = match part {
                    Some(part) => format!("{text} in {part}"),
                    None => text,
                };
                self.add(change.effect, change.aspect, text, pair);
            }
        }
    }

    /// The differences in a wheel. The main binary isn't named.
    fn add_wheel(&mut self, wheel: &WheelDifference, main: Option<&str>, pair: usize) {
        self.add_all(&wheel.changes, pair, None);
        for binary in &wheel.binaries {
            match (&binary.old, &binary.new) {
                (None, Some(new)) => {
                    self.add(Effect::Other, Aspect::Files, format!("+ {new}"), pair);
                }
                (Some(old), None) => {
                    self.add(Effect::Other, Aspect::Files, format!("- {old}"), pair);
                }
                (_, new) => {
                    // Don't repeat for the only binary what the wheel as a whole already says.
                    let file = new.as_deref().map(stem);
                    for change in &binary.changes {
                        let part = match change.aspect {
                            Aspect::Crates => continue,
                            Aspect::Size => file,
                            _ => file.filter(|file| Some(*file) != main),
                        };
                        self.add_all(std::slice::from_ref(change), pair, part);
                    }
                }
            }
        }
    }

    /// Added and removed wheels in a release, grouped by Python.
    fn add_wheels(&mut self, difference: &ReleaseDifference) {
        let without_successor: BTreeSet<&str> = difference
            .without_successor
            .iter()
            .map(String::as_str)
            .collect();
        for (sign, files) in [("+", &difference.added), ("-", &difference.removed)] {
            let mut groups: Vec<(Effect, String, Vec<String>)> = Vec::new();
            for file in files {
                let (python, platform) = tag_of(file);
                let effect = match (sign, without_successor.contains(file.as_str())) {
                    ("+", _) => Effect::Better,
                    (_, true) => Effect::Worse,
                    _ => Effect::Other,
                };
                match groups
                    .iter_mut()
                    .find(|(known, name, _)| *known == effect && *name == python)
                {
                    Some((.., platforms)) => platforms.push(platform),
                    None => groups.push((effect, python, vec![platform])),
                }
            }
            for (effect, python, platforms) in groups {
                let text = match platforms.as_slice() {
                    [one] => format!("{sign} {python} for {one}"),
                    many => format!("{sign} {python} for {} platforms", many.len()),
                };
                self.add(effect, Aspect::Tags, text, usize::MAX);
            }
        }
    }

    fn write(&self, out: &mut Text, pairs: usize, verbose: bool) {
        for (effect, title) in [
            (Effect::Worse, format!("{BAD}worse for some users{BAD:#}")),
            (Effect::Better, format!("{GOOD}better{GOOD:#}")),
            (Effect::Other, format!("{BOLD}different{BOLD:#}")),
        ] {
            let mut lines: Vec<&Line> = self
                .lines
                .iter()
                .filter(|line| line.effect == effect && (verbose || is_short(line, pairs)))
                .collect();
            if lines.is_empty() {
                continue;
            }
            lines.sort_by_key(|line| (line.aspect, std::cmp::Reverse(line.pairs.len())));
            say!(out, "  {title}");
            let mut at = 0;
            while let Some(first) = lines.get(at) {
                let of_aspect: Vec<&Line> = lines
                    .iter()
                    .skip(at)
                    .take_while(|line| line.aspect == first.aspect)
                    .copied()
                    .collect();
                at += of_aspect.len();
                aspect(out, first.aspect, &of_aspect, pairs, verbose);
            }
        }
    }
}

/// Whether a line is shown without `--verbose`: what always differs between wheels in a release isn't.
fn is_short(line: &Line, pairs: usize) -> bool {
    pairs == 1
        || !matches!(
            line.aspect,
            Aspect::Sections | Aspect::Size | Aspect::PythonSymbols
        )
        || line.effect != Effect::Other
}

fn aspect(out: &mut Text, aspect: Aspect, lines: &[&Line], pairs: usize, verbose: bool) {
    let shown = if verbose { usize::MAX } else { SHOWN };
    let joined = joined(aspect, lines, shown);
    for (at, (text, line)) in joined.iter().take(shown).enumerate() {
        let label = if at == 0 { label(aspect) } else { "" };
        let coverage = coverage(line, pairs);
        say!(
            out,
            "    {DIM}{label:<10}{DIM:#} {}{DIM}{coverage}{DIM:#}",
            out.wrapped(&sentence(text), COLUMN)
        );
    }
    if joined.len() > shown {
        say!(
            out,
            "    {:<10} {DIM}and {} more{DIM:#}",
            "",
            joined.len() - shown
        );
    }
}

/// Short items that apply to the same wheels, on one line: what was added, removed and changed.
fn joined<'l>(aspect: Aspect, lines: &[&'l Line], shown: usize) -> Vec<(String, &'l Line)> {
    let is_list = matches!(
        aspect,
        Aspect::Dependencies
            | Aspect::Libraries
            | Aspect::PythonSymbols
            | Aspect::Crates
            | Aspect::Sections
    );
    if !is_list {
        return lines
            .iter()
            .map(|line| (line.text.clone(), *line))
            .collect();
    }
    let sign = |line: &Line| line.text.chars().next().filter(|sign| "+-".contains(*sign));
    let mut groups: Vec<Vec<&Line>> = Vec::new();
    for line in lines {
        let group = groups.iter_mut().find(|group| {
            group
                .first()
                .is_some_and(|first| first.pairs == line.pairs && sign(first) == sign(line))
        });
        match group {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
        .into_iter()
        .filter_map(|group| {
            let first = *group.first()?;
            let texts: Vec<&str> = group
                .iter()
                .map(|line| match sign(line) {
                    Some(_) => line.text.get(2..).unwrap_or_default(),
                    None => line.text.as_str(),
                })
                .collect();
            let text = diagnostic::some(&texts, shown);
            Some((
                sign(first).map_or_else(|| text.clone(), |sign| format!("{sign} {text}")),
                first,
            ))
        })
        .collect()
}

/// How many of the pairs a line applies to, if it isn't all of them.
fn coverage(line: &Line, pairs: usize) -> String {
    if pairs < 2 || line.pairs.contains(&usize::MAX) {
        return String::new();
    }
    match line.pairs.len() {
        all if all == pairs => "  in all wheels".to_owned(),
        some => format!("  in {some} of {pairs} wheels"),
    }
}

/// The changed binary that most wheels have; a package with several binaries has no main one.
fn main_binary(wheels: &[WheelDifference]) -> Option<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for binary in wheels.iter().flat_map(|wheel| &wheel.binaries) {
        if let (Some(_), Some(new)) = (&binary.old, &binary.new) {
            *counts.entry(stem(new)).or_default() += 1;
        }
    }
    let most = counts.values().max()?;
    let mut first = counts.iter().filter(|(_, count)| *count == most);
    match (first.next(), first.next()) {
        (Some((name, _)), None) => Some(name),
        _ => None,
    }
}

/// A binary's name without directories, and without the Python and system it names.
fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.split('.').next().unwrap_or(file)
}

/// The Python and ABI tags in a wheel's file name, and its platform.
fn tag_of(file: &str) -> (String, String) {
    let stem = file.strip_suffix(".whl").unwrap_or(file);
    let mut parts = stem.rsplitn(4, '-');
    let platform = parts.next().unwrap_or_default();
    let abi = parts.next().unwrap_or_default();
    let python = parts.next().unwrap_or_default();
    // If a platform has several names, the last is the shortest.
    let platform = platform.split('.').next().unwrap_or(platform);
    (format!("{python}-{abi}"), platform.to_owned())
}

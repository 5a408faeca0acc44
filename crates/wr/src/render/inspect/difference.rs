//! What differs between two binaries, wheels or releases, as text: first what is worse for those who install it, then what is
//! better, then the rest. What holds for all wheels of a release is said once.

use std::collections::BTreeSet;

use anatomy::compare::{
    Aspect, BinaryDifference, Change, ChangedItem, Compared, Datum, Effect, ReleaseDifference,
    WheelDifference,
};
use serde::Serialize;

use super::{counted, size};
use crate::inspect::Trouble;
use crate::render::plain::{held, name, say, sentence, show};
use crate::render::style::{BAD, BOLD, DIM, GOOD};
use crate::render::wrap::wrapped;

/// How many items of an aspect are shown without `--verbose`.
const SHOWN: usize = 6;

/// Where the text of a line begins.
const COLUMN: usize = 15;

/// What was compared, and what differs.
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
    /// Between two binaries.
    Binary(BinaryDifference),
    /// Between two wheels.
    Wheel(WheelDifference),
    /// Between two releases.
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
    /// Whether something is worse for somebody.
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
    /// Projects and versions, as the names of the wheels say.
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

/// A line: what differs, and in which of the pairs.
struct Line {
    effect: Effect,
    aspect: Aspect,
    text: String,
    pairs: BTreeSet<usize>,
}

pub(crate) fn print(differing: &Differing<'_>, verbose: bool) {
    show(&held(|| {
        let mut lines = Lines::default();
        let mut pairs = 1;
        match differing.difference {
            Difference::Binary(found) => {
                headline(differing.old, differing.new);
                lines.add_all(&found.changes, 0, None);
            }
            Difference::Wheel(found) => {
                headline(&found.old, &found.new);
                lines.add_wheel(found, 0);
            }
            Difference::Release {
                old,
                new,
                difference,
            } => {
                say!(
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
                for (at, pair) in difference.pairs.iter().enumerate() {
                    lines.add_wheel(pair, at);
                }
            }
        }
        say!();
        if differing.difference.is_empty() {
            say!("  {GOOD}no difference{GOOD:#}");
        }
        lines.print(pairs, verbose);
        say!();
    }));
}

fn headline(old: &str, new: &str) {
    let same = old == new;
    if same {
        say!("{BOLD}{}{BOLD:#}", name(old));
    } else {
        say!(
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

    fn add_wheel(&mut self, wheel: &WheelDifference, pair: usize) {
        self.add_all(&wheel.changes, pair, None);
        let in_both = |binary: &&BinaryDifference| binary.old.is_some() && binary.new.is_some();
        let is_one = wheel.binaries.iter().filter(in_both).count() == 1;
        for binary in &wheel.binaries {
            match (&binary.old, &binary.new) {
                (None, Some(new)) => {
                    self.add(Effect::Other, Aspect::Files, format!("+ {new}"), pair);
                }
                (Some(old), None) => {
                    self.add(Effect::Other, Aspect::Files, format!("- {old}"), pair);
                }
                (_, new) => {
                    // What the wheel as a whole says already is not said again of its only binary.
                    let file = new.as_deref().map(stem);
                    for change in &binary.changes {
                        let part = match change.aspect {
                            Aspect::Crates => continue,
                            Aspect::Size => file,
                            _ if is_one => None,
                            _ => file,
                        };
                        self.add_all(std::slice::from_ref(change), pair, part);
                    }
                }
            }
        }
    }

    /// Which wheels of a release came and went, those of a Python together.
    fn add_wheels(&mut self, difference: &ReleaseDifference) {
        let unserved: BTreeSet<&str> = difference.unserved.iter().map(String::as_str).collect();
        for (sign, files) in [("+", &difference.came), ("-", &difference.went)] {
            let mut groups: Vec<(Effect, String, Vec<String>)> = Vec::new();
            for file in files {
                let (python, platform) = tag_of(file);
                let effect = match (sign, unserved.contains(file.as_str())) {
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

    fn print(&self, pairs: usize, verbose: bool) {
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
            say!("  {title}");
            let mut at = 0;
            while let Some(first) = lines.get(at) {
                let of_aspect: Vec<&Line> = lines
                    .iter()
                    .skip(at)
                    .take_while(|line| line.aspect == first.aspect)
                    .copied()
                    .collect();
                at += of_aspect.len();
                aspect(first.aspect, &of_aspect, pairs, verbose);
            }
        }
    }
}

/// Whether a line is shown without `--verbose`: what differs between the wheels of a release in any case is not.
fn is_short(line: &Line, pairs: usize) -> bool {
    pairs == 1
        || !matches!(
            line.aspect,
            Aspect::Sections | Aspect::Size | Aspect::PythonSymbols
        )
        || line.effect != Effect::Other
}

fn aspect(aspect: Aspect, lines: &[&Line], pairs: usize, verbose: bool) {
    let shown = if verbose { usize::MAX } else { SHOWN };
    let joined = joined(aspect, lines, shown);
    for (at, (text, line)) in joined.iter().take(shown).enumerate() {
        let label = if at == 0 { label(aspect) } else { "" };
        let coverage = coverage(line, pairs);
        say!(
            "    {DIM}{label:<10}{DIM:#} {}{DIM}{coverage}{DIM:#}",
            wrapped(&sentence(text), COLUMN)
        );
    }
    if joined.len() > shown {
        say!(
            "    {:<10} {DIM}and {} more{DIM:#}",
            "",
            joined.len() - shown
        );
    }
}

/// Short items that hold in the same wheels, on one line: what came, what went, and what changed.
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

/// In how many of the pairs a line holds, where it isn't all of them.
fn coverage(line: &Line, pairs: usize) -> String {
    if pairs < 2 || line.pairs.contains(&usize::MAX) {
        return String::new();
    }
    match line.pairs.len() {
        all if all == pairs => "  in all wheels".to_owned(),
        some => format!("  in {some} of {pairs} wheels"),
    }
}

fn label(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Findings => "findings",
        Aspect::Tags => "tags",
        Aspect::RequiresPython => "requires",
        Aspect::Kind => "kind",
        Aspect::InitFunctions => "init",
        Aspect::OldestPython => "python",
        Aspect::Glibc => "glibc",
        Aspect::MinimumSystem => "macOS",
        Aspect::Dependencies => "depends on",
        Aspect::Libraries => "libraries",
        Aspect::SearchPaths => "rpath",
        Aspect::PythonSymbols => "C API",
        Aspect::Crates => "crates",
        Aspect::Compiler => "compiler",
        Aspect::Generator => "built by",
        Aspect::Files => "files",
        Aspect::Stripped => "symbols",
        Aspect::StaticTls => "static TLS",
        Aspect::Size => "size",
        Aspect::Sections => "sections",
    }
}

/// The lines that a change is said in.
fn texts(change: &Change) -> Vec<String> {
    let mut texts = Vec::new();
    if change.old.is_some() || change.new.is_some() {
        texts.push(value(change));
    }
    if change.aspect == Aspect::Tags
        && let Some(text) = moved_platform(&change.lost, &change.gained)
    {
        return vec![text];
    }
    texts.extend(change.gained.iter().map(|item| format!("+ {item}")));
    texts.extend(change.lost.iter().map(|item| format!("- {item}")));
    texts.extend(change.changed.iter().map(item));
    texts
}

/// Tags that differ in their platforms alone, as those: many wheels of a release move from one to the other.
fn moved_platform(lost: &[String], gained: &[String]) -> Option<String> {
    let parts = |tags: &[String]| -> Option<(String, Vec<String>)> {
        let mut pythons = BTreeSet::new();
        let mut platforms = Vec::new();
        for tag in tags {
            let (python, platform) = tag.rsplit_once('-')?;
            pythons.insert(python.to_owned());
            if !platforms.contains(&platform.to_owned()) {
                platforms.push(platform.to_owned());
            }
        }
        let python: Vec<String> = pythons.into_iter().collect();
        Some((python.join(" "), platforms))
    };
    let ((old_python, old), (new_python, new)) = (parts(lost)?, parts(gained)?);
    (old_python == new_python && !old.is_empty() && !new.is_empty())
        .then(|| format!("{} → {}", old.join(", "), new.join(", ")))
}

fn value(change: &Change) -> String {
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    let nothing = match change.aspect {
        Aspect::OldestPython => "one version",
        Aspect::RequiresPython => "any Python",
        _ => "none",
    };
    let text = |value: Option<&Datum>| value.map_or_else(|| nothing.to_owned(), datum);
    let both = format!("{} → {}", text(old), text(new));
    match (change.aspect, old, new) {
        (Aspect::Size, Some(Datum::Bytes(old)), Some(Datum::Bytes(new))) => {
            format!("{both} ({})", growth(*old, *new))
        }
        (Aspect::OldestPython, ..) => format!("loads from {both} on"),
        _ => both,
    }
}

fn item(item: &ChangedItem) -> String {
    match (&item.old, &item.new) {
        (Datum::Bytes(old), Datum::Bytes(new)) => {
            format!("{} {} → {}", item.name, size(*old), size(*new))
        }
        (old, new) => format!("{} {} → {}", item.name, datum(old), datum(new)),
    }
}

fn datum(datum: &Datum) -> String {
    match datum {
        Datum::Bytes(bytes) => size(*bytes),
        Datum::Count(count) => count.to_string(),
        Datum::Text(text) => text.clone(),
    }
}

/// By how much it grew, in bytes and in percent.
fn growth(old: u64, new: u64) -> String {
    let (sign, difference) = if new >= old {
        ('+', new - old)
    } else {
        ('-', old - new)
    };
    // One digit after the point is enough.
    let permille = difference
        .saturating_mul(1000)
        .checked_div(old)
        .unwrap_or(0);
    format!(
        "{sign}{}, {sign}{}.{} %",
        size(difference),
        permille / 10,
        permille % 10
    )
}

/// The name of a binary without its directories, and without what it says of Pythons and systems.
fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.split('.').next().unwrap_or(file)
}

/// The Python and ABI tags of a wheel's file, and its platform.
fn tag_of(file: &str) -> (String, String) {
    let stem = file.strip_suffix(".whl").unwrap_or(file);
    let mut parts = stem.rsplitn(4, '-');
    let platform = parts.next().unwrap_or_default();
    let abi = parts.next().unwrap_or_default();
    let python = parts.next().unwrap_or_default();
    // Of several names for one platform the last is the shortest.
    let platform = platform.split('.').next().unwrap_or(platform);
    (format!("{python}-{abi}"), platform.to_owned())
}

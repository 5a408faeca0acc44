//! The wording of a change.

use std::collections::BTreeSet;

use anatomy::compare::{Aspect, Change, ChangedItem, ChangedValue};

use super::super::size;

pub(super) fn label(aspect: Aspect) -> &'static str {
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
        Aspect::Protections => "protection",
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

/// The lines that describe a change.
pub(super) fn texts(change: &Change) -> Vec<String> {
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

/// If tags only differ in their platforms, just the platforms: many wheels in a release move from one to another.
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
    let text = |value: Option<&ChangedValue>| value.map_or_else(|| nothing.to_owned(), datum);
    let both = format!("{} → {}", text(old), text(new));
    match (change.aspect, old, new) {
        (Aspect::Size, Some(ChangedValue::Bytes(old)), Some(ChangedValue::Bytes(new))) => {
            format!("{both} ({})", growth(*old, *new))
        }
        (Aspect::OldestPython, ..) => format!("oldest version {both}"),
        _ => both,
    }
}

fn item(item: &ChangedItem) -> String {
    match (&item.old, &item.new) {
        (ChangedValue::Bytes(old), ChangedValue::Bytes(new)) => {
            format!("{} {} → {}", item.name, size(*old), size(*new))
        }
        (old, new) => format!("{} {} → {}", item.name, datum(old), datum(new)),
    }
}

fn datum(datum: &ChangedValue) -> String {
    match datum {
        ChangedValue::Bytes(bytes) => size(*bytes),
        ChangedValue::Count(count) => count.to_string(),
        ChangedValue::Text(text) => text.clone(),
    }
}

/// By how much it grew, in bytes and in percent.
fn growth(old: u64, new: u64) -> String {
    let (sign, difference) = if new >= old {
        ('+', new - old)
    } else {
        ('-', old - new)
    };
    // One decimal place is enough.
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

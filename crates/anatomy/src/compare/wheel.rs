//! The differences between two wheels.

use std::collections::BTreeMap;

use diagnostic::Diagnostic;
use pep440_rs::{Version, VersionSpecifiers};
use serde::Serialize;

use super::binary::{self, BinaryDifference};
use super::{Aspect, Change, ChangedItem, ChangedValue, Effect, apart, findings, names, sorted};
use crate::facts::Facts;
use crate::wheel::{Platform, Tag, WheelFacts};

/// No honest requirement is longer; trying all Pythons would take too long.
const LONGEST_REQUIREMENT: usize = 200;

/// Later than any Python in the near future.
const LAST_MINOR: u64 = 40;

/// A wheel in a comparison.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'w> {
    /// Its file name.
    pub file: &'w str,
    /// Its file size in bytes, if known.
    pub size: Option<u64>,
    /// What it is.
    pub facts: &'w WheelFacts,
    /// What's wrong with it.
    pub diagnostics: &'w [Diagnostic],
}

/// The differences between two wheels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WheelDifference {
    /// The old wheel's file name.
    pub old: String,
    /// The new wheel's file name.
    pub new: String,
    /// The old wheel's file size in bytes.
    pub old_size: Option<u64>,
    /// The new wheel's file size in bytes.
    pub new_size: Option<u64>,
    /// The differences in the wheel as a whole, in the order that a reviewer needs them.
    pub changes: Vec<Change>,
    /// The binaries that were changed, added or removed.
    pub binaries: Vec<BinaryDifference>,
}

impl WheelDifference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.binaries.is_empty()
    }

    /// All changes, including those in binaries.
    pub fn all_changes(&self) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .chain(self.binaries.iter().flat_map(|binary| &binary.changes))
    }
}

/// Compares two wheels.
pub fn compare_wheels(old: Compared<'_>, new: Compared<'_>) -> WheelDifference {
    let mut changes = findings::changes(old.diagnostics, new.diagnostics);
    changes.extend(tags(&old.facts.name.tags, &new.facts.name.tags));
    changes.extend(requires_python(old.facts, new.facts));
    let dependencies = |facts: &WheelFacts| sorted(facts.metadata.requires_dist.iter().cloned());
    let (gained, lost) = apart(&dependencies(old.facts), &dependencies(new.facts));
    changes.extend(Change::of_list(Aspect::Dependencies, gained, lost));
    changes.extend(binary::crates(&old.facts.crates, &new.facts.crates));
    let generator = |facts: &WheelFacts| facts.metadata.generator.as_ref().map(ChangedValue::text);
    changes.extend(Change::of_value(
        Aspect::Generator,
        Effect::Other,
        generator(old.facts),
        generator(new.facts),
    ));
    changes.extend(files(old.facts, new.facts));
    if let (Some(old), Some(new)) = (old.size, new.size) {
        changes.extend(binary::size(old, new));
    }
    changes.sort_by_key(|change| change.aspect);
    WheelDifference {
        old: old.file.to_owned(),
        new: new.file.to_owned(),
        old_size: old.size,
        new_size: new.size,
        changes,
        binaries: binaries(old.facts, new.facts),
    }
}

fn tags(old: &[Tag], new: &[Tag]) -> Option<Change> {
    let shown = |tags: &[Tag]| sorted(tags.iter().cloned());
    let (old, new) = (shown(old), shown(new));
    let (gained, lost) = apart(&old, &new);
    let effect = effect_of_tags(&gained, &lost);
    let names = |tags: Vec<Tag>| tags.iter().map(ToString::to_string).collect();
    Change::of_list(Aspect::Tags, names(gained), names(lost)).map(|change| change.with(effect))
}

/// Removed tags only hurt if no other tag in the new wheel covers their users.
fn effect_of_tags(gained: &[Tag], lost: &[Tag]) -> Effect {
    match (gained.is_empty(), lost.is_empty()) {
        (_, true) => Effect::Better,
        (true, false) => Effect::Worse,
        (false, false) => {
            let is_covered = |tag: &Tag| gained.iter().any(|other| is_for_all_of(other, tag));
            if lost.iter().all(is_covered) {
                Effect::Better
            } else {
                Effect::Worse
            }
        }
    }
}

/// Whether anyone who can install a wheel tagged `narrow` can also install one tagged `wide`.
pub(super) fn is_for_all_of(wide: &Tag, narrow: &Tag) -> bool {
    let python = wide.python == narrow.python
        || (wide.abi == narrow.abi
            && wide.abi.starts_with("abi3")
            && matches!((wide.cpython(), narrow.cpython()), (Some(wide), Some(narrow)) if wide <= narrow))
        || (wide.abi == "abi3"
            && narrow.abi.starts_with("cp")
            && !narrow.abi.ends_with('t')
            && matches!((wide.cpython(), narrow.cpython()), (Some(wide), Some(narrow)) if wide <= narrow));
    let abi = wide.abi == narrow.abi || (wide.abi == "abi3" && narrow.abi.starts_with("cp"));
    python && abi && is_platform_for_all_of(&wide.platform, &narrow.platform)
}

fn is_platform_for_all_of(wide: &str, narrow: &str) -> bool {
    if wide == narrow || wide == "any" {
        return true;
    }
    match (Platform::parse(wide), Platform::parse(narrow)) {
        (Platform::Manylinux(a, b, wide), Platform::Manylinux(c, d, narrow))
        | (Platform::Musllinux(a, b, wide), Platform::Musllinux(c, d, narrow)) => {
            wide == narrow && (a, b) <= (c, d)
        }
        (Platform::MacOs(a, b, wide), Platform::MacOs(c, d, narrow)) => {
            let same = wide == narrow
                || (wide == "universal2" && (narrow == "x86_64" || narrow == "arm64"));
            same && (a, b) <= (c, d)
        }
        _ => false,
    }
}

fn requires_python(old: &WheelFacts, new: &WheelFacts) -> Option<Change> {
    let (old, new) = (
        old.metadata.requires_python.as_deref(),
        new.metadata.requires_python.as_deref(),
    );
    let admitted = |required: Option<&str>| admitted(required);
    let effect = match (admitted(old), admitted(new)) {
        (Some(old), Some(new)) => {
            let is_lost = old.iter().any(|python| !new.contains(python));
            let is_gained = new.iter().any(|python| !old.contains(python));
            match (is_lost, is_gained) {
                (true, _) => Effect::Worse,
                (false, true) => Effect::Better,
                (false, false) => Effect::Other,
            }
        }
        _ => Effect::Other,
    };
    Change::of_value(
        Aspect::RequiresPython,
        effect,
        old.as_ref().map(ChangedValue::text),
        new.as_ref().map(ChangedValue::text),
    )
}

/// The minor versions of Python 3 that a requirement allows with any patch release; `None` if it can't be parsed.
fn admitted(required: Option<&str>) -> Option<Vec<u64>> {
    let Some(required) = required else {
        return Some((0..=LAST_MINOR).collect());
    };
    let wanted: VersionSpecifiers = (required.len() <= LONGEST_REQUIREMENT)
        .then(|| required.parse().ok())
        .flatten()?;
    let is_admitted =
        |minor: &u64| (0..20_u64).any(|patch| wanted.contains(&Version::new([3, *minor, patch])));
    Some((0..=LAST_MINOR).filter(is_admitted).collect())
}

/// Added and removed files other than binaries, without those that every wheel has.
fn files(old: &WheelFacts, new: &WheelFacts) -> Option<Change> {
    let all = |facts: &WheelFacts| -> BTreeMap<String, u64> {
        let is_binary = |path: &str| facts.binaries().any(|binary| binary.path == path);
        facts
            .contents
            .iter()
            .filter(|file| !is_binary(&file.path))
            .map(|file| (names::of_path(&file.path, &facts.name), file.size))
            .filter(|(path, _)| path != ".dist-info/RECORD")
            .collect()
    };
    let (old, new) = (all(old), all(new));
    let only_in = |these: &BTreeMap<String, u64>, those: &BTreeMap<String, u64>| {
        these
            .keys()
            .filter(|path| !those.contains_key(*path))
            .cloned()
            .collect::<Vec<_>>()
    };
    let mut changed: Vec<(u64, ChangedItem)> = old
        .iter()
        .filter_map(|(path, old)| Some((path, *old, *new.get(path)?)))
        // Metadata repeats what other changes say; its length doesn't matter.
        .filter(|(path, old, new)| old != new && !path.starts_with(".dist-info/"))
        .map(|(path, old, new)| {
            let item = ChangedItem {
                name: path.clone(),
                old: ChangedValue::Bytes(old),
                new: ChangedValue::Bytes(new),
            };
            (old.abs_diff(new), item)
        })
        .collect();
    changed.sort_by_key(|(difference, _)| std::cmp::Reverse(*difference));
    Change::of_items(
        Aspect::Files,
        only_in(&new, &old),
        only_in(&old, &new),
        changed.into_iter().map(|(_, item)| item).collect(),
    )
}

fn binaries(old: &WheelFacts, new: &WheelFacts) -> Vec<BinaryDifference> {
    let all = |facts: &'_ WheelFacts| -> BTreeMap<String, usize> {
        facts
            .binaries()
            .enumerate()
            .map(|(at, binary)| (names::of_binary(&binary.path, &facts.name), at))
            .collect()
    };
    let at = |facts: &'_ WheelFacts, index: Option<&usize>| -> Option<(String, Facts)> {
        let binary = facts.binaries().nth(*index?)?;
        Some((binary.path.clone(), binary.facts.clone()))
    };
    let (old_names, new_names) = (all(old), all(new));
    sorted(old_names.keys().chain(new_names.keys()))
        .into_iter()
        .map(|name| {
            let one = at(old, old_names.get(name));
            let other = at(new, new_names.get(name));
            let changes = match (&one, &other) {
                (Some((_, old)), Some((_, new))) => binary::changes((old, &[]), (new, &[])),
                _ => Vec::new(),
            };
            BinaryDifference {
                old: one.map(|(path, _)| path),
                new: other.map(|(path, _)| path),
                changes,
            }
        })
        .filter(|difference| !difference.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wheel::WheelName;

    fn tags_of(name: &str) -> Vec<Tag> {
        let name: WheelName = format!("x-1.0-{name}.whl").parse().unwrap();
        name.tags
    }

    fn effect(old: &str, new: &str) -> Option<Effect> {
        tags(&tags_of(old), &tags_of(new)).map(|change| change.effect)
    }

    #[test]
    fn raising_a_minimum_is_worse_and_lowering_it_is_better() {
        let manylinux = |floor: &str| format!("cp312-cp312-manylinux_{floor}_x86_64");
        assert_eq!(effect(&manylinux("2_17"), &manylinux("2_17")), None);
        assert_eq!(
            effect(&manylinux("2_17"), &manylinux("2_28")),
            Some(Effect::Worse)
        );
        assert_eq!(
            effect(&manylinux("2_28"), &manylinux("2_17")),
            Some(Effect::Better)
        );
        assert_eq!(
            effect("cp39-abi3-win_amd64", "cp311-abi3-win_amd64"),
            Some(Effect::Worse)
        );
        assert_eq!(
            effect("cp311-abi3-win_amd64", "cp39-abi3-win_amd64"),
            Some(Effect::Better)
        );
        assert_eq!(
            effect("cp311-cp311-win_amd64", "cp39-abi3-win_amd64"),
            Some(Effect::Better)
        );
        assert_eq!(
            effect("cp313-cp313t-win_amd64", "cp39-abi3-win_amd64"),
            Some(Effect::Worse)
        );
        assert_eq!(
            effect(
                "cp39-abi3-macosx_10_12_x86_64",
                "cp39-abi3-macosx_10_12_universal2"
            ),
            Some(Effect::Better)
        );
        assert_eq!(
            effect("cp39-abi3-macosx_11_0_arm64", "cp39-abi3-macosx_14_0_arm64"),
            Some(Effect::Worse)
        );
    }

    #[test]
    fn another_spelling_of_a_requirement_allows_the_same_pythons() {
        assert_eq!(admitted(Some(">=3.9")), admitted(Some(">=3.9.0")));
        assert_ne!(admitted(Some(">=3.9")), admitted(Some(">=3.10")));
        assert_eq!(admitted(None), admitted(Some("")));
        assert_eq!(admitted(Some("three")), None);
        assert_eq!(admitted(Some(&">=3.9,".repeat(100))), None);
    }
}

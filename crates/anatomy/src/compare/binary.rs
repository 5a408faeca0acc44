//! The differences between two binaries.

use std::collections::BTreeMap;

use diagnostic::Diagnostic;
use serde::Serialize;

use super::{
    Aspect, Change, ChangedItem, ChangedValue, Effect, apart, findings, names, of_floor,
    protections, sorted,
};
use crate::facts::{Architecture, CrateVersion, Facts, Image};

/// The differences between two binaries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BinaryDifference {
    /// The old binary's name; `None` if it was added.
    pub old: Option<String>,
    /// The new binary's name; `None` if it was removed.
    pub new: Option<String>,
    /// The differences, in the order that a reviewer needs them.
    pub changes: Vec<Change>,
}

impl BinaryDifference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.old.is_some() && self.new.is_some()
    }
}

/// A binary with its findings.
pub(super) type Judged<'f> = (&'f Facts, &'f [Diagnostic]);

/// Compares two binaries by their facts and findings.
pub fn compare_binaries(
    old: (&str, &Facts, &[Diagnostic]),
    new: (&str, &Facts, &[Diagnostic]),
) -> BinaryDifference {
    BinaryDifference {
        old: Some(old.0.to_owned()),
        new: Some(new.0.to_owned()),
        changes: changes((old.1, old.2), (new.1, new.2)),
    }
}

pub(super) fn changes(old: Judged<'_>, new: Judged<'_>) -> Vec<Change> {
    let ((old, old_findings), (new, new_findings)) = (old, new);
    let mut changes = findings::changes(old_findings, new_findings);
    changes.extend(Change::of_value(
        Aspect::Kind,
        Effect::Other,
        Some(ChangedValue::Text(kind(old))),
        Some(ChangedValue::Text(kind(new))),
    ));
    let init_functions = |facts: &Facts| {
        sorted(
            facts
                .init_functions()
                .into_iter()
                .map(|function| function.symbol.clone()),
        )
    };
    let (gained, lost) = apart(&init_functions(old), &init_functions(new));
    let effect = if lost.is_empty() {
        Effect::Other
    } else {
        Effect::Worse
    };
    changes
        .extend(Change::of_list(Aspect::InitFunctions, gained, lost).map(|one| one.with(effect)));
    changes.extend(oldest_python(old, new));
    changes.extend(floor(Aspect::Glibc, old, new, Image::newest_glibc));
    changes.extend(floor(Aspect::MinimumSystem, old, new, |image| {
        image.minimum_system.clone()
    }));
    changes.extend(libraries(old, new));
    changes.extend(protections::changes(old, new));
    let places = |facts: &Facts| {
        sorted(
            facts
                .images
                .iter()
                .flat_map(|image| image.rpath.iter().chain(&image.runpath).cloned()),
        )
    };
    let (gained, lost) = apart(&places(old), &places(new));
    changes.extend(Change::of_list(Aspect::SearchPaths, gained, lost));
    changes.extend(python_symbols(old, new));
    changes.extend(crates(
        old.images.iter().flat_map(|image| &image.provenance.crates),
        new.images.iter().flat_map(|image| &image.provenance.crates),
    ));
    changes.extend(Change::of_value(
        Aspect::Compiler,
        Effect::Other,
        compiler(old),
        compiler(new),
    ));
    changes.extend(Change::of_value(
        Aspect::Stripped,
        Effect::Other,
        stripped(old),
        stripped(new),
    ));
    let static_tls = |facts: &Facts| {
        let bytes = facts.images.iter().map(|image| image.static_tls).max();
        bytes.filter(|bytes| *bytes > 0).map(ChangedValue::Bytes)
    };
    changes.extend(Change::of_value(
        Aspect::StaticTls,
        Effect::Other,
        static_tls(old),
        static_tls(new),
    ));
    changes.extend(size(old.size, new.size));
    changes.extend(sections(old, new));
    changes.sort_by_key(|change| change.aspect);
    changes
}

fn kind(facts: &Facts) -> String {
    let architectures: Vec<&str> = facts.architectures().map(Architecture::name).collect();
    format!(
        "{} {} {}",
        facts.format,
        facts.kind,
        architectures.join(", ")
    )
    .trim()
    .to_owned()
}

/// The oldest Python that loads it. If one of the two doesn't use Python, there's nothing to compare.
fn oldest_python(old: &Facts, new: &Facts) -> Option<Change> {
    let asks = |facts: &Facts| {
        facts
            .images
            .iter()
            .any(|image| !image.python_api.symbols.is_empty())
    };
    if !asks(old) || !asks(new) {
        return None;
    }
    let oldest = |facts: &Facts| {
        facts
            .images
            .iter()
            .map(Image::oldest_python)
            .collect::<Option<Vec<_>>>()
            .and_then(|all| all.into_iter().max())
    };
    let (old, new) = (oldest(old), oldest(new));
    let effect = match (&old, &new) {
        (Some(_), None) => Effect::Worse,
        (None, Some(_)) => Effect::Better,
        (old, new) => of_floor(old.as_ref(), new.as_ref()),
    };
    Change::of_value(
        Aspect::OldestPython,
        effect,
        old.as_ref().map(ChangedValue::text),
        new.as_ref().map(ChangedValue::text),
    )
}

/// The highest minimum of all images.
fn floor<T: Ord + ToString>(
    aspect: Aspect,
    old: &Facts,
    new: &Facts,
    of: impl Fn(&Image) -> Option<T>,
) -> Option<Change> {
    let highest = |facts: &Facts| facts.images.iter().filter_map(&of).max();
    let (old, new) = (highest(old), highest(new));
    let effect = of_floor(old.as_ref(), new.as_ref());
    Change::of_value(
        aspect,
        effect,
        old.as_ref().map(ChangedValue::text),
        new.as_ref().map(ChangedValue::text),
    )
}

/// The libraries that are loaded with it. A library with a different hash in its name is the same; one with a different
/// version has changed.
fn libraries(old: &Facts, new: &Facts) -> Option<Change> {
    // Windows finds a DLL regardless of case.
    let key = |file: &str| {
        let is_dll = file.to_ascii_lowercase().ends_with(".dll");
        let file = if is_dll {
            file.to_ascii_lowercase()
        } else {
            file.to_owned()
        };
        names::of_file(&file)
    };
    let all = |facts: &Facts| -> BTreeMap<String, String> {
        facts
            .images
            .iter()
            .flat_map(|image| &image.libraries)
            .map(|library| (key(library.file_name()), library.name.clone()))
            .collect()
    };
    let (old, new) = (all(old), all(new));
    let only_in = |these: &BTreeMap<String, String>, those: &BTreeMap<String, String>| {
        these
            .iter()
            .filter(|(key, _)| !those.contains_key(*key))
            .map(|(_, name)| name.clone())
            .collect::<Vec<_>>()
    };
    let is_other_version = |old: &str, new: &str| {
        let version = |name: &str| {
            name.split_once(".so")
                .map_or_else(|| name.to_owned(), |(_, version)| version.to_owned())
        };
        [old, new].iter().any(|name| name.contains(".so")) && version(old) != version(new)
    };
    let changed = old
        .iter()
        .filter_map(|(key, old)| Some((key, old, new.get(key)?)))
        .filter(|(_, old, new)| is_other_version(old, new))
        .map(|(key, old, new)| ChangedItem {
            name: key.clone(),
            old: ChangedValue::text(old),
            new: ChangedValue::text(new),
        })
        .collect();
    Change::of_items(
        Aspect::Libraries,
        only_in(&new, &old),
        only_in(&old, &new),
        changed,
    )
}

fn python_symbols(old: &Facts, new: &Facts) -> Option<Change> {
    let symbols = |facts: &Facts| {
        sorted(
            facts
                .images
                .iter()
                .flat_map(|image| &image.python_api.symbols)
                .map(|symbol| symbol.name.clone()),
        )
    };
    let (gained, lost) = apart(&symbols(old), &symbols(new));
    Change::of_list(Aspect::PythonSymbols, gained, lost)
}

/// Crates that were added, removed, or changed version. A crate may be present in several versions at once.
pub(super) fn crates<'c>(
    old: impl IntoIterator<Item = &'c CrateVersion>,
    new: impl IntoIterator<Item = &'c CrateVersion>,
) -> Option<Change> {
    let old = sorted(old.into_iter().cloned());
    let new = sorted(new.into_iter().cloned());
    let (gained, lost) = apart(&old, &new);
    let by_name = |crates: Vec<CrateVersion>| {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for one in crates {
            names.entry(one.name).or_default().push(one.version);
        }
        names
    };
    let (mut gained, mut lost) = (by_name(gained), by_name(lost));
    let both: Vec<String> = gained
        .keys()
        .filter(|name| lost.contains_key(*name))
        .cloned()
        .collect();
    let changed = both
        .into_iter()
        .filter_map(|name| {
            let (old, new) = (lost.remove(&name)?, gained.remove(&name)?);
            Some(ChangedItem {
                old: ChangedValue::Text(old.join(", ")),
                new: ChangedValue::Text(new.join(", ")),
                name,
            })
        })
        .collect();
    let named = |crates: BTreeMap<String, Vec<String>>| -> Vec<String> {
        crates
            .into_iter()
            .map(|(name, versions)| format!("{name} {}", versions.join(", ")))
            .collect()
    };
    Change::of_items(Aspect::Crates, named(gained), named(lost), changed)
}

fn compiler(facts: &Facts) -> Option<ChangedValue> {
    let provenance = || facts.images.iter().map(|image| &image.provenance);
    let rustc = provenance().find_map(|one| one.rustc.as_ref());
    let commit = provenance().find_map(|one| one.rustc_commit.as_ref());
    match (rustc, commit) {
        (Some(version), _) => Some(ChangedValue::Text(format!("rustc {version}"))),
        (None, Some(commit)) => {
            let short = commit.get(..9).unwrap_or(commit);
            Some(ChangedValue::Text(format!("rustc commit {short}")))
        }
        (None, None) => {
            let tools = sorted(provenance().flat_map(|one| one.tools.iter().cloned()));
            (!tools.is_empty()).then(|| ChangedValue::Text(tools.join("; ")))
        }
    }
}

fn stripped(facts: &Facts) -> Option<ChangedValue> {
    let known: Vec<bool> = facts
        .images
        .iter()
        .filter_map(|image| image.is_stripped)
        .collect();
    let all = known.iter().all(|is_stripped| *is_stripped);
    (!known.is_empty()).then(|| ChangedValue::text(if all { "stripped" } else { "not stripped" }))
}

pub(super) fn size(old: u64, new: u64) -> Option<Change> {
    Change::of_value(
        Aspect::Size,
        Effect::Other,
        Some(ChangedValue::Bytes(old)),
        Some(ChangedValue::Bytes(new)),
    )
}

/// The sections whose size changed, largest change first.
fn sections(old: &Facts, new: &Facts) -> Option<Change> {
    let sums = |facts: &Facts| {
        let mut sums: BTreeMap<String, u64> = BTreeMap::new();
        for section in facts.images.iter().flat_map(|image| &image.sections) {
            let sum = sums.entry(section.name.clone()).or_default();
            *sum = sum.saturating_add(section.size);
        }
        sums
    };
    let (old, new) = (sums(old), sums(new));
    let size = |sums: &BTreeMap<String, u64>, name: &str| sums.get(name).copied().unwrap_or(0);
    let mut changed: Vec<(u64, ChangedItem)> = sorted(old.keys().chain(new.keys()))
        .into_iter()
        .map(|name| (name, size(&old, name), size(&new, name)))
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| {
            let item = ChangedItem {
                name: name.clone(),
                old: ChangedValue::Bytes(old),
                new: ChangedValue::Bytes(new),
            };
            (old.abs_diff(new), item)
        })
        .collect();
    changed.sort_by_key(|(difference, _)| std::cmp::Reverse(*difference));
    let changed = changed.into_iter().map(|(_, item)| item).collect();
    Change::of_items(Aspect::Sections, Vec::new(), Vec::new(), changed)
}

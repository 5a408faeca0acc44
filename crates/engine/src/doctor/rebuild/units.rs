//! The units of PyO3 in a target directory.

use std::path::Path;

use super::fingerprint::{self, BuildScriptRun, Compiled, Note};
use crate::system::{FileKind, System, SystemExt};

/// The packages that depend on the target Python.
const PACKAGES: [&str; 3] = ["pyo3-ffi", "pyo3", "pyo3-build-config"];

/// A unit of cargo's work, with its fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) package: String,
    /// The digest that distinguishes this unit from the package's others.
    pub(super) id: String,
    /// The directory of the profile below the target directory, such as `debug`.
    pub(super) profile_dir: String,
    /// When it was done, in nanoseconds since the Unix epoch.
    pub(super) at: i128,
    /// The digest that other units use to refer to this one in this state.
    pub(super) digest: Option<u64>,
    pub(super) note: Note,
}

impl Unit {
    pub(super) fn run(&self) -> Option<&BuildScriptRun> {
        match &self.note {
            Note::BuildScriptRun(ran) => Some(ran),
            Note::Compiled(_) => None,
        }
    }

    pub(super) fn compiled(&self) -> Option<&Compiled> {
        match &self.note {
            Note::Compiled(compiled) => Some(compiled),
            Note::BuildScriptRun(_) => None,
        }
    }

    /// How long ago it was done, in seconds.
    pub(super) fn seconds_ago(&self, clock: i128) -> u64 {
        u64::try_from(clock.saturating_sub(self.at) / 1_000_000_000).unwrap_or(u64::MAX)
    }
}

/// The units in a target directory, of every profile and target.
pub(super) fn units(system: &dyn System, target_dir: &Path) -> Vec<Unit> {
    let mut found = Vec::new();
    for entry in directories(system, target_dir) {
        let name = shown(&entry, target_dir);
        collect(system, &entry, &name, &mut found);
        // With `--target`, the profiles are one level deeper.
        for inner in directories(system, &entry) {
            let name = shown(&inner, target_dir);
            collect(system, &inner, &name, &mut found);
        }
    }
    found
}

fn collect(system: &dyn System, dir: &Path, profile_dir: &str, found: &mut Vec<Unit>) {
    for entry in directories(system, &dir.join(".fingerprint")) {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        let Some((package, id)) = name.rsplit_once('-') else {
            continue;
        };
        if !PACKAGES.contains(&package) {
            continue;
        }
        for file in system.list(&entry).unwrap_or_default() {
            let path = &file.path;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let note = (path.extension().is_some_and(|end| end == "json"))
                .then(|| system.read(path).ok())
                .flatten()
                .and_then(|text| fingerprint::read(&name, &text));
            if let (Some(note), Some(stamp)) = (note, system.stamp(path)) {
                found.push(Unit {
                    package: package.to_owned(),
                    id: id.to_owned(),
                    profile_dir: profile_dir.to_owned(),
                    at: stamp.modified,
                    digest: system
                        .read(&path.with_extension(""))
                        .ok()
                        .and_then(|text| fingerprint::digest(&text)),
                    note,
                });
            }
        }
    }
}

fn directories(system: &dyn System, dir: &Path) -> Vec<std::path::PathBuf> {
    if !system.is_dir(dir) {
        return Vec::new();
    }
    let entries = system.list(dir).unwrap_or_default();
    entries
        .into_iter()
        .filter(|entry| entry.kind == FileKind::Directory)
        .map(|entry| entry.path)
        .collect()
}

fn shown(dir: &Path, below: &Path) -> String {
    let relative = dir.strip_prefix(below).unwrap_or(dir);
    relative.display().to_string()
}

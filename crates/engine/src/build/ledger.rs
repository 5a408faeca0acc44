//! Records which versions of its sources cargo may have compiled a package from.
//!
//! Cargo compares times: a unit counts as fresh as long as no file that it was made of is newer than the unit
//! (cargo book, "Build cache"). So cargo doesn't notice a file that was replaced by one with an older time, as
//! `cp -p`, `tar` and some editors do, and a test would then judge code that no longer exists. So `wr` records, by
//! content, which versions of each file cargo may have seen, and until when. If a file is now older than the last
//! moment at which cargo may have seen another version of it, `wr` makes cargo forget the package, and cargo
//! compiles it again. The same happens if nothing is recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::dep_info;
use super::messages::LocalArtifact;
use crate::inputs::Inputs;
use crate::manifest::{self, CargoToml, has_build_script, local_packages};
use crate::subject::search;
use crate::system::{Cancel, FileKind, System, SystemExt};

/// Where the records are kept in the target directory.
const NOTES: &str = "wr-compiled";

/// The file in the directory of a profile that cargo locks while it builds there.
const CARGOS_LOCK: &str = ".cargo-lock";

/// How many versions of a file are recorded. For older ones, only the last moment counts.
const MOST_VERSIONS: usize = 4;

/// A build that has started may still be reading; in nanoseconds since the Unix epoch.
const STILL_RUNNING: i128 = i128::MAX;

/// What cargo may have compiled in one target directory for the package with one manifest.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Notes {
    files: BTreeMap<PathBuf, Versions>,
    /// The files as they were at the last look, so that unchanged ones aren't read again.
    state: Inputs,
    /// Whether every file that the last build used is recorded.
    is_complete: bool,
    /// Until when the builds in this directory are known, in nanoseconds since the Unix epoch. Since then, the user's own cargo
    /// may have built there from anything.
    #[serde(default)]
    known_until: i128,
}

/// The versions of one file that may have been compiled.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Versions {
    /// The digest of the file, `None` if it didn't exist, and until when cargo may have read it.
    known: Vec<(Option<String>, i128)>,
    /// Until when cargo may have read an unknown version.
    unknown: Option<i128>,
    /// The packages that were compiled from it.
    packages: BTreeSet<String>,
}

impl Versions {
    /// Whether cargo may have read another version at or after this time.
    fn differ(&self, now: Option<&str>, modified: i128) -> bool {
        let others = self
            .known
            .iter()
            .filter(|(digest, _)| digest.as_deref() != now);
        let last = others.map(|(_, until)| *until).chain(self.unknown).max();
        last.is_some_and(|last| last >= modified)
    }

    /// Records that cargo may have read this version until then.
    fn record(&mut self, digest: Option<&str>, until: i128) {
        self.known.retain(|(other, _)| other.as_deref() != digest);
        self.known.push((digest.map(str::to_owned), until));
        if self.known.len() > MOST_VERSIONS {
            let (_, oldest) = self.known.remove(0);
            self.unknown = self.unknown.max(Some(oldest));
        }
    }
}

/// The records of one package in one target directory.
pub(super) struct Ledger<'a> {
    system: &'a dyn System,
    target_dir: &'a Path,
    manifest: &'a Path,
}

/// What all units of the package with this manifest are made of, according to the builds in this target directory; `None` if
/// that isn't certain, or no longer true.
pub(crate) fn compiled_from(
    system: &dyn System,
    target_dir: &Path,
    manifest: &Path,
) -> Option<Inputs> {
    Ledger::of(system, target_dir, manifest).inputs()
}

/// Records that commands ran after the last build of this package. They may have compiled it again: from its current sources or,
/// if those have changed meanwhile, from anything.
///
/// # Errors
///
/// The records can't be written.
pub(crate) fn record_later_commands(
    system: &dyn System,
    build_dir: &Path,
    manifest: &Path,
) -> std::io::Result<()> {
    Ledger::of(system, build_dir, manifest).record_later_commands()
}

/// A build that has started.
pub(super) struct Begun {
    notes: Notes,
    at: i128,
}

impl<'a> Ledger<'a> {
    pub(super) fn of(system: &'a dyn System, target_dir: &'a Path, manifest: &'a Path) -> Self {
        Self {
            system,
            target_dir,
            manifest,
        }
    }

    /// Checks the sources before a build, and makes cargo forget whatever it might wrongly consider fresh.
    pub(super) fn begin(&self, cancel: &Cancel) -> std::io::Result<Begun> {
        let at = self.system.clock();
        let mut notes = self.read().unwrap_or_default();
        if notes.files.is_empty() {
            let packages = local_packages(self.system, self.manifest);
            let names = packages
                .iter()
                .filter_map(|one| package_name(self.system, one));
            for name in names {
                self.forget(&name, cancel)?;
            }
        }
        if let Some(last) = self.last_compiled(&notes)
            && last > notes.known_until
        {
            for versions in notes.files.values_mut() {
                versions.unknown = versions.unknown.max(Some(last));
            }
        }
        let paths: Vec<PathBuf> = notes.files.keys().cloned().collect();
        let now = Inputs::of_files(self.system, paths, Some(&notes.state));
        let mut deceiving = BTreeSet::new();
        for (file, versions) in &mut notes.files {
            let modified = now.modified(file).unwrap_or(i128::MAX);
            let digest = now.digest(file);
            if versions.differ(digest, modified) {
                deceiving.extend(versions.packages.iter().cloned());
            }
            versions.record(digest, STILL_RUNNING);
        }
        for name in &deceiving {
            self.forget(name, cancel)?;
        }
        // If a package is compiled again anyway, its earlier versions no longer matter.
        for (file, versions) in &mut notes.files {
            if versions.packages.is_subset(&deceiving) {
                versions.known.clear();
                versions.unknown = None;
                versions.record(now.digest(file), STILL_RUNNING);
            }
        }
        notes.state = now;
        self.save(&notes)?;
        Ok(Begun { notes, at })
    }

    /// Records what a build used, whether or not it finished.
    pub(super) fn finish(&self, begun: Begun, artifacts: &[LocalArtifact]) -> std::io::Result<()> {
        let Begun { mut notes, at } = begun;
        let mut used: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
        notes.is_complete = true;
        for artifact in artifacts {
            let name = package_name(self.system, &artifact.manifest);
            let Some((name, files)) = name.zip(self.made_of(artifact, &mut notes.is_complete))
            else {
                notes.is_complete = false;
                continue;
            };
            for file in files {
                used.entry(file).or_default().insert(name.clone());
            }
        }
        let all = used.keys().chain(notes.files.keys()).cloned();
        let now = Inputs::of_files(self.system, all.collect::<Vec<_>>(), Some(&notes.state));
        let until = self.system.clock();
        for versions in notes.files.values_mut() {
            for (_, last) in &mut versions.known {
                *last = (*last).min(until);
            }
        }
        for file in now.paths() {
            let is_new = !notes.files.contains_key(file);
            let versions = notes.files.entry(file.to_owned()).or_default();
            if is_new && !now.is_older(file, at) {
                // It was written while cargo ran, so cargo may have read an earlier version.
                versions.unknown = Some(until);
            }
            versions.record(now.digest(file), until);
            versions
                .packages
                .extend(used.remove(file).unwrap_or_default());
        }
        notes.state = now;
        notes.known_until = until;
        self.save(&notes)
    }

    fn record_later_commands(&self) -> std::io::Result<()> {
        let Some(mut notes) = self.read() else {
            return Ok(());
        };
        let paths: Vec<PathBuf> = notes.files.keys().cloned().collect();
        let now = Inputs::of_files(self.system, paths, Some(&notes.state));
        let until = self.system.clock();
        for (file, versions) in &mut notes.files {
            if now.digest(file) != notes.state.digest(file) {
                versions.unknown = Some(until);
            }
            versions.record(now.digest(file), until);
        }
        notes.state = now;
        notes.known_until = until;
        self.save(&notes)
    }

    /// When cargo last wrote a fingerprint of any of the packages' units.
    fn last_compiled(&self, notes: &Notes) -> Option<i128> {
        let names: BTreeSet<&String> = notes
            .files
            .values()
            .flat_map(|versions| &versions.packages)
            .collect();
        names
            .into_iter()
            .flat_map(|name| units(self.system, self.target_dir, ".fingerprint", name))
            .flat_map(|unit| self.system.list(&unit).unwrap_or_default())
            .filter_map(|entry| Some(self.system.stamp(&entry.path)?.modified))
            .max()
    }

    fn inputs(&self) -> Option<Inputs> {
        let notes = self.read()?;
        let is_known = notes.is_complete
            && !notes.files.is_empty()
            && notes.state.hold(self.system)
            && notes.files.iter().all(|(file, versions)| {
                let modified = notes.state.modified(file).unwrap_or(i128::MAX);
                !versions.differ(notes.state.digest(file), modified)
            });
        is_known.then_some(notes.state)
    }

    /// The files that an artifact is made of, and those that its package's build script asked cargo to watch.
    fn made_of(
        &self,
        artifact: &LocalArtifact,
        is_complete: &mut bool,
    ) -> Option<BTreeSet<PathBuf>> {
        let dir = artifact.manifest.parent()?;
        let mut files = dep_info::files(self.system, artifact)?;
        if has_build_script(self.system, dir) {
            // The script may read files that it doesn't list.
            *is_complete = false;
            files.extend(search::files(self.system, dir, &|_| true));
            files.extend(self.watched_by_script(&artifact.manifest));
        }
        Some(files)
    }

    /// The files that a package's build script asked cargo to watch (cargo book, "Build Scripts", `rerun-if-changed`).
    fn watched_by_script(&self, manifest: &Path) -> Vec<PathBuf> {
        let Some(name) = package_name(self.system, manifest) else {
            return Vec::new();
        };
        let dir = manifest.parent().unwrap_or(manifest);
        let outputs = units(self.system, self.target_dir, "build", &name);
        let texts = outputs
            .iter()
            .filter_map(|unit| self.system.read(&unit.join("output")).ok())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        texts
            .flat_map(|text| {
                text.lines()
                    .filter_map(|line| {
                        let line = line.strip_prefix("cargo:")?;
                        line.trim_start_matches(':')
                            .strip_prefix("rerun-if-changed=")
                    })
                    .map(|path| dir.join(path))
                    .collect::<Vec<_>>()
            })
            .flat_map(|path| match self.system.kind(&path) {
                Some(FileKind::Directory) => search::files(self.system, &path, &|_| true),
                _ => vec![path],
            })
            .collect()
    }

    /// Makes cargo forget every unit of a package; PyO3 and other packages from a registry stay.
    ///
    /// Packages with the same name share a directory for their fingerprints, and another cargo may be writing into it, so cargo's
    /// own lock on the profile's directory is held meanwhile.
    fn forget(&self, name: &str, cancel: &Cancel) -> std::io::Result<()> {
        for unit in units(self.system, self.target_dir, ".fingerprint", name) {
            tracing::debug!(unit = %unit.display(), "cargo is made to compile this again");
            let profile = unit.ancestors().nth(2).unwrap_or(self.target_dir);
            let lock = profile.join(CARGOS_LOCK);
            let held = self.system.lock(&lock, &mut || !cancel.is_cancelled())?;
            // Without the lock, the work was cancelled and nothing will be built.
            if held.is_some() {
                self.system.remove(&unit)?;
            }
        }
        Ok(())
    }

    fn file(&self) -> PathBuf {
        let digest = blake3::hash(self.manifest.as_os_str().as_encoded_bytes()).to_hex();
        let name = format!("{}.json", &digest[..16]);
        self.target_dir.join(NOTES).join(name)
    }

    fn read(&self) -> Option<Notes> {
        serde_json::from_slice(&self.system.read(&self.file()).ok()?).ok()
    }

    fn save(&self, notes: &Notes) -> std::io::Result<()> {
        let text = serde_json::to_vec(notes).map_err(std::io::Error::other)?;
        self.system.write(&self.file(), &text)
    }
}

/// The directories of a package's units, in every profile and for every target: `NAME-` and a digest of 16 hexadecimal digits.
fn units(system: &dyn System, target_dir: &Path, kind: &str, name: &str) -> Vec<PathBuf> {
    let below = |dir: &Path| -> Vec<PathBuf> {
        let entries = system.list(dir).unwrap_or_default();
        let dirs = entries
            .into_iter()
            .filter(|one| one.kind == FileKind::Directory);
        dirs.map(|one| one.path).collect()
    };
    let profiles = below(target_dir);
    let deeper: Vec<PathBuf> = profiles
        .iter()
        .filter(|dir| !system.is_dir(&dir.join(kind)))
        .flat_map(|dir| below(dir))
        .collect();
    profiles
        .iter()
        .chain(&deeper)
        .flat_map(|profile| below(&profile.join(kind)))
        .filter(|unit| {
            let unit = unit.file_name().unwrap_or_default().to_string_lossy();
            let digest = unit
                .strip_prefix(name)
                .and_then(|rest| rest.strip_prefix('-'));
            digest.is_some_and(|digest| {
                digest.len() == 16 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
            })
        })
        .collect()
}

fn package_name(system: &dyn System, manifest: &Path) -> Option<String> {
    let read: CargoToml = manifest::read(system, manifest).ok()??;
    read.package_name().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(known: &[(&str, i128)]) -> Versions {
        let mut versions = Versions::default();
        for (digest, until) in known {
            versions.record(Some(digest), *until);
        }
        versions
    }

    #[test]
    fn a_version_that_cargo_notices_by_its_time_is_fine() {
        let versions = versions(&[("a", 10)]);
        assert!(!versions.differ(Some("b"), 11));
        assert!(!versions.differ(Some("a"), 5));
    }

    #[test]
    fn an_older_file_with_other_content_deceives_cargo() {
        let versions = versions(&[("a", 10)]);
        assert!(versions.differ(Some("b"), 10));
        assert!(versions.differ(None, 3));
    }

    #[test]
    fn a_version_used_by_an_earlier_unit_still_counts() {
        let versions = versions(&[("a", 10), ("b", 20)]);
        assert!(versions.differ(Some("a"), 5));
        assert!(!versions.differ(Some("b"), 15));
    }

    #[test]
    fn a_build_that_never_ended_may_have_read_anything() {
        let versions = versions(&[("a", STILL_RUNNING)]);
        assert!(versions.differ(Some("b"), 1_000_000));
        assert!(!versions.differ(Some("a"), 1_000_000));
    }

    #[test]
    fn the_oldest_of_many_versions_are_merged() {
        let names: Vec<String> = (0..9).map(|number| number.to_string()).collect();
        let mut versions = Versions::default();
        for (name, until) in names.iter().zip(1..) {
            versions.record(Some(name), until);
        }
        assert_eq!(versions.known.len(), MOST_VERSIONS);
        assert!(versions.differ(Some("8"), 3));
        assert!(!versions.differ(Some("8"), 9));
    }
}

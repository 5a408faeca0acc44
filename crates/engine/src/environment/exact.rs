//! Environments that contain exactly what a project asks for.
//!
//! Each set of requirements has its own directory, so projects with the same requirements share one. A project
//! whose requirements change gets another, and the ones that it used most recently are kept: switching back to
//! another branch installs nothing.

use std::path::{Path, PathBuf};

use super::Environments;
use crate::requirements::Requirements;

/// How many environments are kept for each project.
const MOST_KEPT: usize = 3;

/// What an environment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For<'a> {
    /// All exercises of a course.
    Course,
    /// The project in this directory.
    Project(&'a Path),
}

impl For<'_> {
    /// What distinguishes the environment with these requirements from others for the same interpreter.
    pub(super) fn suffix(self, wanted: &Requirements) -> String {
        match self {
            Self::Course => String::new(),
            Self::Project(_) => {
                let text = format!("{:?}", (&wanted.wanted, &wanted.locked));
                format!("-{}", digest(text.as_bytes()))
            }
        }
    }
}

/// The same suffix, of an existing environment.
pub(super) fn suffix_of(dir: &Path) -> &str {
    let name = dir.file_name().and_then(|name| name.to_str());
    name.and_then(|name| Some(&name[name.find('-')?..]))
        .unwrap_or_default()
}

fn name_of(dir: &Path) -> Option<String> {
    let name = dir.file_name()?;
    Some(name.to_string_lossy().into_owned())
}

fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..8].to_owned()
}

impl Environments<'_> {
    /// Whether this environment is already recorded as the most recently used, so that nothing has to be written.
    pub(super) fn is_recorded(&self, dir: &Path, purpose: For<'_>) -> bool {
        let For::Project(root) = purpose else {
            return true;
        };
        self.used(&self.note_of(root)).first() == name_of(dir).as_ref()
    }

    /// Records that a project uses an environment, and removes those that no project has used recently. The caller holds the
    /// lock.
    pub(super) fn record_use(&self, dir: &Path, purpose: For<'_>) {
        let For::Project(root) = purpose else { return };
        let Some(used) = name_of(dir) else { return };
        let own = self.note_of(root);
        let before = self.used(&own);
        let others = before.iter().filter(|one| **one != used).cloned();
        let mut now: Vec<String> = std::iter::once(used.clone()).chain(others).collect();
        now.truncate(MOST_KEPT);
        let Ok(text) = serde_json::to_vec(&now) else {
            return;
        };
        // If it can't be recorded, nothing is removed either.
        if self.system.write(&own, &text).is_err() {
            return;
        }
        let others = self.system.list(&self.notes()).unwrap_or_default();
        let in_use: Vec<String> = others.iter().flat_map(|one| self.used(&one.path)).collect();
        for gone in before.iter().filter(|one| !in_use.contains(one)) {
            let gone: PathBuf = self.state_dir.join("venv").join(gone);
            tracing::debug!(dir = %gone.display(), "no project uses this environment any more");
            if let Err(error) = self.system.remove(&gone) {
                tracing::warn!(%error, dir = %gone.display(), "an environment can't be removed");
            }
        }
    }

    fn notes(&self) -> PathBuf {
        self.state_dir.join("environments")
    }

    fn note_of(&self, root: &Path) -> PathBuf {
        let name = digest(root.as_os_str().as_encoded_bytes());
        self.notes().join(format!("{name}.json"))
    }

    /// The environments that a record names, the most recent first.
    fn used(&self, note: &Path) -> Vec<String> {
        let bytes = self.system.read(note).ok();
        let names: Option<Vec<String>> =
            bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let is_name = |name: &String| {
            name.contains('-') && !name.contains(['/', '\\']) && !name.contains("..")
        };
        names
            .unwrap_or_default()
            .into_iter()
            .filter(is_name)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::system::{Cancel, NativeSystem, System, SystemExt};

    fn wanting(wanted: &[&str]) -> Requirements {
        Requirements {
            wanted: wanted.iter().map(|&one| one.to_owned()).collect(),
            ..Requirements::default()
        }
    }

    #[test]
    fn each_set_of_requirements_has_its_own_environment_in_projects() {
        let project = For::Project(Path::new("/p"));
        let one = project.suffix(&wanting(&["pytest"]));
        assert_eq!(
            one,
            For::Project(Path::new("/q")).suffix(&wanting(&["pytest"]))
        );
        assert_ne!(one, project.suffix(&wanting(&["pytest", "trio"])));
        assert_eq!(For::Course.suffix(&wanting(&["pytest"])), "");
        let dir = PathBuf::from(format!("/s/venv/3.13t{one}"));
        assert_eq!(suffix_of(&dir), one);
        assert_eq!(suffix_of(Path::new("/s/venv/3.13")), "");
    }

    #[test]
    fn recently_used_environments_are_kept() {
        let state = tempfile::tempdir().unwrap();
        let system = NativeSystem::new("wr".into());
        let environments = Environments {
            system: &system,
            state_dir: state.path(),
            env: &BTreeMap::new(),
            cancel: &Cancel::new(),
            emit: &|_| {},
        };
        let (one, other) = (
            For::Project(Path::new("/one")),
            For::Project(Path::new("/other")),
        );
        let dir = |name: &str| state.path().join("venv").join(name);
        for name in ["3.12-a", "3.12-b", "3.12-c", "3.12-d", "3.12-e"] {
            system.create_dir(&dir(name)).unwrap();
        }
        environments.record_use(&dir("3.12-a"), one);
        // It's ready, but not yet recorded for the other project.
        assert!(environments.is_recorded(&dir("3.12-a"), one));
        assert!(!environments.is_recorded(&dir("3.12-a"), other));
        environments.record_use(&dir("3.12-a"), other);
        for name in ["3.12-b", "3.12-c", "3.12-d", "3.12-b", "3.12-e"] {
            environments.record_use(&dir(name), one);
        }
        let there = |name| environments.system.is_dir(&dir(name));
        assert!(there("3.12-a"), "the other project uses it");
        assert!(!there("3.12-c"), "no project used it recently");
        assert!(["3.12-b", "3.12-d", "3.12-e"].into_iter().all(there));
    }
}

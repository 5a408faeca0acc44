//! Environments that hold what a project asks for and nothing else.
//!
//! Each set of requirements has a directory of its own, so projects that ask for the same share one. A project that changes what it asks
//! for gets another, and those that it used last are kept: going back to another branch installs nothing.

use std::path::{Path, PathBuf};

use super::Environments;
use crate::requirements::Requirements;

/// So many environments are kept for each project.
const MOST_KEPT: usize = 3;

/// Whom an environment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For<'a> {
    /// All exercises of a course.
    Course,
    /// The project in this directory.
    Project(&'a Path),
}

impl For<'_> {
    /// What tells the environment with these requirements from others for the same interpreter.
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

/// The same of an environment that is there.
pub(super) fn suffix_of(dir: &Path) -> &str {
    let name = dir.file_name().and_then(|name| name.to_str());
    name.and_then(|name| Some(&name[name.find('-')?..]))
        .unwrap_or_default()
}

fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..8].to_owned()
}

impl Environments<'_> {
    /// Notes that a project uses an environment, and removes those that no project has used lately. The lock is held meanwhile.
    pub(super) fn note_use(&self, dir: &Path, whom: For<'_>) {
        let For::Project(root) = whom else { return };
        let notes = self.state_dir.join("environments");
        let own = notes.join(format!(
            "{}.json",
            digest(root.as_os_str().as_encoded_bytes())
        ));
        let name = |dir: &Path| {
            dir.file_name()
                .map(|name| name.to_string_lossy().into_owned())
        };
        let Some(used) = name(dir) else { return };
        let before = self.used(&own);
        let others = before.iter().filter(|one| **one != used).cloned();
        let mut now: Vec<String> = std::iter::once(used.clone()).chain(others).collect();
        now.truncate(MOST_KEPT);
        let Ok(text) = serde_json::to_vec(&now) else {
            return;
        };
        // Where it can't be noted, nothing is removed either.
        if self.system.write(&own, &text).is_err() {
            return;
        }
        let others = self.system.list(&notes).unwrap_or_default();
        let in_use: Vec<String> = others.iter().flat_map(|one| self.used(&one.path)).collect();
        for gone in before.iter().filter(|one| !in_use.contains(one)) {
            let gone: PathBuf = self.state_dir.join("venv").join(gone);
            tracing::debug!(dir = %gone.display(), "no project uses this environment any more");
            if let Err(error) = self.system.remove(&gone) {
                tracing::warn!(%error, dir = %gone.display(), "an environment can't be removed");
            }
        }
    }

    /// The environments that a note names, the last first.
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
    use super::*;

    fn wanting(wanted: &[&str]) -> Requirements {
        Requirements {
            wanted: wanted.iter().map(|&one| one.to_owned()).collect(),
            ..Requirements::default()
        }
    }

    #[test]
    fn each_set_of_requirements_has_its_own_in_projects() {
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
}

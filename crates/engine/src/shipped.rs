//! Whether the settings of a course are those that its author shipped.
//!
//! What an exercise is verified by is written in its `.wr.toml`, which a learner may change by accident or to have peace. The
//! course is a git repository, so git knows what it came with: a file that says something else than the last commit was
//! changed here. What was found to be as committed is noted with the commit and the stamps of the files, so that git is asked
//! once and not for every verdict.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::process::{Ended, run};
use crate::system::{Cancel, Command, FileStamp, System, SystemExt};

/// How long git may take to show a small file.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was found to be as committed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    /// What the repository's head was.
    head: String,
    files: BTreeMap<PathBuf, Option<FileStamp>>,
}

/// Asks git, and remembers what it said.
pub(crate) struct Shipped<'a> {
    pub(crate) system: &'a dyn System,
    pub(crate) env: &'a BTreeMap<std::ffi::OsString, std::ffi::OsString>,
    pub(crate) state_dir: &'a Path,
    pub(crate) cancel: &'a Cancel,
}

impl Shipped<'_> {
    /// Those of the files that say something else than the last commit. Where that cannot be known, because there is no git, no
    /// commit, or no such file in it, nothing was changed.
    pub(crate) fn changed(&self, files: &[PathBuf]) -> Vec<PathBuf> {
        let Some(head) = files.first().and_then(|file| self.head(file)) else {
            return Vec::new();
        };
        let note = self.state_dir.join("shipped.json");
        let noted: Option<Known> = self
            .system
            .read(&note)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut known = noted
            .clone()
            .filter(|known| known.head == head)
            .unwrap_or_else(|| Known {
                head,
                files: BTreeMap::new(),
            });
        let mut changed = Vec::new();
        for file in files {
            let stamp = self.system.stamp(file);
            if known.files.get(file) == Some(&stamp) {
                continue;
            }
            match self.committed(file) {
                Some(committed) if !self.says(file, &committed) => changed.push(file.clone()),
                _ => drop(known.files.insert(file.clone(), stamp)),
            }
        }
        if noted.as_ref() != Some(&known)
            && let Ok(text) = serde_json::to_vec(&known)
        {
            // Without it git is asked again.
            let _ = self.system.write(&note, &text);
        }
        changed
    }

    /// What tells one commit that is checked out from another, read from git's own files (gitrepository-layout(5)).
    fn head(&self, file: &Path) -> Option<String> {
        let text = |path: &Path| {
            let bytes = self.system.read(path).ok()?;
            Some(String::from_utf8_lossy(&bytes).trim().to_owned())
        };
        let git = file
            .ancestors()
            .map(|dir| dir.join(".git"))
            .find(|git| self.system.kind(git).is_some())?;
        let dir = if self.system.is_dir(&git) {
            git
        } else {
            let named = text(&git)?;
            git.parent()?.join(named.strip_prefix("gitdir:")?.trim())
        };
        let common = text(&dir.join("commondir")).map_or_else(|| dir.clone(), |to| dir.join(to));
        let head = text(&dir.join("HEAD"))?;
        let Some(reference) = head.strip_prefix("ref: ") else {
            return Some(head);
        };
        let commit = text(&common.join(reference));
        let packed = || self.system.stamp(&common.join("packed-refs"));
        Some(match commit {
            Some(commit) => commit,
            None => format!("{head} {:?}", packed()),
        })
    }

    /// What the last commit says of a file.
    fn committed(&self, file: &Path) -> Option<Vec<String>> {
        let name = file.file_name()?.to_str()?;
        let dir = file.parent()?;
        let command = Command::new("git", dir)
            .args(["cat-file", "blob", &format!("HEAD:./{name}")])
            .envs(self.env)
            .without_env("GIT_DIR");
        let finished = run(self.system, &command, PATIENCE, self.cancel).ok()?;
        let is_there = matches!(finished.ended, Ended::Exited(exit) if exit.success());
        is_there.then(|| finished.stdout.lines().map(str::to_owned).collect())
    }

    /// Whether a file says these lines, however they end: git may have changed their ends.
    fn says(&self, file: &Path, committed: &[String]) -> bool {
        let Ok(bytes) = self.system.read(file) else {
            return false;
        };
        String::from_utf8_lossy(&bytes).lines().eq(committed)
    }
}

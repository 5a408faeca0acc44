//! Whether a course's settings are those that its author shipped.
//!
//! An exercise's `.wr.toml` says how it is verified, and a learner may change it by accident or to make an error go
//! away. The course is a git repository, so git knows the original: a file that differs from the last commit was
//! changed here. Files that were found unchanged are recorded with the commit and their stamps, so git is called
//! once and not for every verdict.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::process::{Ended, run};
use crate::system::{Cancel, Command, FileStamp, System, SystemExt};

/// How long git may take to show a small file.
const PATIENCE: Duration = Duration::from_secs(10);

/// Files that were found to be as committed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    /// The repository's HEAD at that time.
    head: String,
    files: BTreeMap<PathBuf, Option<FileStamp>>,
}

/// Asks git, and remembers the result.
pub(crate) struct Shipped<'a> {
    pub(crate) system: &'a dyn System,
    pub(crate) env: &'a BTreeMap<std::ffi::OsString, std::ffi::OsString>,
    pub(crate) state_dir: &'a Path,
    pub(crate) cancel: &'a Cancel,
}

impl Shipped<'_> {
    /// The files that differ from the last commit. If that can't be known, because there is no git, no commit, or no such file in
    /// it, they count as unchanged.
    pub(crate) fn changed(&self, files: &[PathBuf]) -> Vec<PathBuf> {
        let Some(head) = files.first().and_then(|file| self.head(file)) else {
            return Vec::new();
        };
        let note = self.state_dir.join("shipped.json");
        let recorded: Option<Known> = self
            .system
            .read(&note)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut known = recorded
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
                Some(committed) if !self.has_lines(file, &committed) => changed.push(file.clone()),
                _ => drop(known.files.insert(file.clone(), stamp)),
            }
        }
        if recorded.as_ref() != Some(&known)
            && let Ok(text) = serde_json::to_vec(&known)
        {
            // If this fails, git is called again.
            let _ = self.system.write(&note, &text);
        }
        changed
    }

    /// What identifies the checked-out commit, read from git's own files (gitrepository-layout(5)).
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

    /// The lines of a file in the last commit.
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

    /// Whether a file has these lines, ignoring line endings, which git may have changed.
    fn has_lines(&self, file: &Path, committed: &[String]) -> bool {
        let Ok(bytes) = self.system.read(file) else {
            return false;
        };
        String::from_utf8_lossy(&bytes).lines().eq(committed)
    }
}

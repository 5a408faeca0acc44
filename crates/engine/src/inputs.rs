//! The files that a verdict depends on, and which of them changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::subject::search;
use crate::system::{FileStamp, System};

/// Files up to this size, in bytes, are compared by content; larger ones, which are data, by their stamps.
const MOST_READ: u64 = 1024 * 1024;

/// A file that changed less than this before it was read may change again without a new time stamp, because file system times
/// have a limited resolution. In nanoseconds.
pub(crate) const MARGIN: i128 = 50_000_000;

/// The state of a set of files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    files: BTreeMap<PathBuf, Option<Input>>,
    /// Whether there were too many files to examine them all.
    #[serde(default)]
    is_cut: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Input {
    stamp: FileStamp,
    digest: String,
    /// Whether an equal stamp proves an equal file.
    is_settled: bool,
}

/// The content of a file counts, not when it was written.
impl PartialEq for Input {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Eq for Input {}

impl Inputs {
    /// The current state of these files; a missing one is recorded as absent. Files that haven't changed since `earlier` aren't
    /// read again.
    pub fn of_files(
        system: &dyn System,
        files: impl IntoIterator<Item = PathBuf>,
        earlier: Option<&Self>,
    ) -> Self {
        let files = files
            .into_iter()
            .map(|file| {
                let known = earlier.and_then(|earlier| earlier.files.get(&file)?.as_ref());
                let input = look(system, &file, known);
                (file, input)
            })
            .collect();
        Self {
            files,
            is_cut: false,
        }
    }

    /// The state of all files below a directory that users write and that `wanted` accepts.
    pub fn of_tree(
        system: &dyn System,
        root: &Path,
        wanted: &dyn Fn(&Path) -> bool,
        earlier: Option<&Self>,
    ) -> Self {
        let is_input = |path: &Path| !is_editors_own(path) && wanted(path);
        let tree = search::tree(system, root, &is_input);
        Self {
            is_cut: !tree.is_whole,
            ..Self::of_files(system, tree.files, earlier)
        }
    }

    /// The state of every file below a directory that no tool created, including hidden ones: a test may read any of them.
    pub(crate) fn of_whole_tree(system: &dyn System, root: &Path, earlier: Option<&Self>) -> Self {
        let tree = search::whole_tree(system, root, &|path| !is_momentary(path));
        Self {
            is_cut: !tree.is_whole,
            ..Self::of_files(system, tree.files, earlier)
        }
    }

    /// Adds other files.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.files.extend(other.files);
        self.is_cut |= other.is_cut;
        self
    }

    /// Whether every file was examined.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_cut
    }

    /// Whether the files have been unchanged since `start` (nanoseconds since the Unix epoch), according to their earlier state
    /// or, for files without one, their times.
    pub(crate) fn are_unchanged_since(&self, start: i128, earlier: &Self) -> bool {
        self.files.iter().all(|(file, input)| {
            earlier.files.get(file) == Some(input)
                || input
                    .as_ref()
                    .is_none_or(|input| input.stamp.touched() + MARGIN < start)
        })
    }

    /// The files that were last written before `time` (nanoseconds since the Unix epoch).
    pub(crate) fn written_before(mut self, time: i128) -> Self {
        self.files.retain(|_, input| {
            input
                .as_ref()
                .is_none_or(|input| input.stamp.touched() < time)
        });
        self
    }

    /// Whether none of these files was written since `earlier`, none is new and none is gone. A file that was changed and
    /// changed back counts as written, because a reader in between saw something else.
    pub(crate) fn is_untouched_since(&self, earlier: &Self) -> bool {
        let pairs = self
            .files
            .values()
            .flatten()
            .zip(earlier.files.values().flatten());
        self == earlier && pairs.into_iter().all(|(now, then)| now.stamp == then.stamp)
    }

    /// A digest of a file's content; `None` if there is no file.
    pub(crate) fn digest(&self, file: &Path) -> Option<&str> {
        let input = self.files.get(file)?.as_ref()?;
        Some(&input.digest)
    }

    /// The time of a file's last change, in nanoseconds since the Unix epoch; `None` if there is no file.
    pub(crate) fn modified(&self, file: &Path) -> Option<i128> {
        Some(self.files.get(file)?.as_ref()?.stamp.modified)
    }

    /// Whether a file was last touched before `time` (nanoseconds since the Unix epoch), with a margin for the clock's resolution.
    pub(crate) fn is_older(&self, file: &Path, time: i128) -> bool {
        let input = self.files.get(file).and_then(Option::as_ref);
        input.is_none_or(|input| input.stamp.touched() + MARGIN < time)
    }

    /// Whether the files are still in the same state.
    pub fn hold(&self, system: &dyn System) -> bool {
        self.files.iter().all(|(file, known)| {
            let now = look(system, file, known.as_ref());
            now == *known
        })
    }

    /// The files that are new, changed or gone since `earlier`.
    pub fn changed_since(&self, earlier: &Self) -> Vec<PathBuf> {
        let touched = self
            .files
            .iter()
            .filter(|(file, input)| earlier.files.get(*file) != Some(input))
            .map(|(file, _)| file.clone());
        let gone = earlier
            .files
            .keys()
            .filter(|file| !self.files.contains_key(*file))
            .cloned();
        touched.chain(gone).collect()
    }

    /// Only these files.
    pub(crate) fn only(&self, wanted: &std::collections::BTreeSet<PathBuf>) -> Self {
        let files = self.files.iter().filter(|(file, _)| wanted.contains(*file));
        Self {
            files: files
                .map(|(file, input)| (file.clone(), input.clone()))
                .collect(),
            is_cut: self.is_cut,
        }
    }

    /// Adds the files of another state that aren't known yet.
    pub(crate) fn add_unknown(&mut self, other: Self) {
        for (file, input) in other.files {
            self.files.entry(file).or_insert(input);
        }
    }

    /// Whether this path is one of them.
    pub(crate) fn knows(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    /// Removes this file.
    pub(crate) fn forget(&mut self, file: &Path) {
        self.files.remove(file);
    }

    /// The paths, including those of absent files.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }
}

fn look(system: &dyn System, file: &Path, known: Option<&Input>) -> Option<Input> {
    let stamp = system.stamp(file)?;
    if let Some(known) = known.filter(|known| known.is_settled && known.stamp == stamp) {
        return Some(known.clone());
    }
    let is_settled = system.clock().saturating_sub(stamp.touched()) > MARGIN;
    let digest = if stamp.size > MOST_READ {
        format!("{stamp:?}")
    } else {
        blake3::hash(&system.read(file).ok()?).to_hex().to_string()
    };
    Some(Input {
        stamp,
        digest,
        is_settled,
    })
}

/// Whether a file is one that editors write for their own use next to the edited file.
pub fn is_editors_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    is_momentary(path)
        || name.ends_with('~')
        || [".tmp", ".bak", ".orig"]
            .iter()
            .any(|ending| name.ends_with(ending))
}

/// Whether a file is a temporary one that exists while a neighbouring file is edited or compiled, and that only the program that
/// wrote it reads.
fn is_momentary(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else {
        return true;
    };
    name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
        || name.starts_with(".goutputstream-")
        || name.contains("___jb_")
        || [".swp", ".swo", ".swx", ".pyc"]
            .iter()
            .any(|ending| name.ends_with(ending))
}

/// Whether a file is source: users edit it, and tests and tools don't write it as a side effect.
pub fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ["rs", "py", "pyi", "toml", "cfg", "ini"]
            .iter()
            .any(|known| ending == *known)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_own_files_are_recognised() {
        for name in [
            "lib.rs~",
            ".lib.rs.swp",
            "4913",
            ".#lib.rs",
            "#lib.rs#",
            "lib.rs___jb_tmp___",
            ".goutputstream-ABC",
        ] {
            assert!(is_editors_own(Path::new(name)), "{name}");
        }
        for name in ["lib.rs", "test_a.py", "Cargo.toml"] {
            assert!(!is_editors_own(Path::new(name)), "{name}");
            assert!(is_source(Path::new(name)), "{name}");
        }
    }
}

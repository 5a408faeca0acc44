//! The files that a verdict depends on, and what changed among them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::subject::search;
use crate::system::{FileStamp, System};

/// Files up to this size are compared by content; larger ones, which are data, by their stamps. In bytes.
const MOST_READ: u64 = 1024 * 1024;

/// A file changed less than this before it was read may change again without its time showing it: the times of file
/// systems move in steps. In nanoseconds.
pub(crate) const MARGIN: i128 = 50_000_000;

/// The state of a set of files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    files: BTreeMap<PathBuf, Option<Input>>,
    /// Whether there were more files than were looked at.
    #[serde(default)]
    is_cut: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Input {
    stamp: FileStamp,
    digest: String,
    /// Whether an equal stamp means an equal file.
    is_settled: bool,
}

/// What a file says, not when it was written, is what counts.
impl PartialEq for Input {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Eq for Input {}

impl Inputs {
    /// The state of these files now; one that is not there is remembered as absent. What has not changed since `earlier`
    /// is not read again.
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

    /// The state of all files below a directory that people write, and that `wanted` accepts.
    pub fn of_tree(
        system: &dyn System,
        root: &Path,
        wanted: &dyn Fn(&Path) -> bool,
        earlier: Option<&Self>,
    ) -> Self {
        let is_wanted = |path: &Path| !is_editors_own(path) && wanted(path);
        let tree = search::tree(system, root, &is_wanted);
        Self {
            is_cut: !tree.is_whole,
            ..Self::of_files(system, tree.files, earlier)
        }
    }

    /// The state of every file below a directory that no tool made, hidden ones too: a test may read any of them.
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

    /// Whether every file was looked at.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_cut
    }

    /// Whether what was read now was so already at `start` (nanoseconds since the Unix epoch), as far as the earlier state
    /// of the same files and the times of the others tell.
    pub(crate) fn stood_at(&self, start: i128, earlier: &Self) -> bool {
        self.files.iter().all(|(file, input)| {
            earlier.files.get(file) == Some(input)
                || input
                    .as_ref()
                    .is_none_or(|input| input.stamp.touched() + MARGIN < start)
        })
    }

    /// Those of the files that were not written at `time` (nanoseconds since the Unix epoch) or later.
    pub(crate) fn written_before(mut self, time: i128) -> Self {
        self.files.retain(|_, input| {
            input
                .as_ref()
                .is_none_or(|input| input.stamp.touched() < time)
        });
        self
    }

    /// Whether none of these files was written since `earlier`, none is new and none gone. One that says the same again was
    /// written all the same: who looked in between saw something else.
    pub(crate) fn is_untouched_since(&self, earlier: &Self) -> bool {
        let pairs = self
            .files
            .values()
            .flatten()
            .zip(earlier.files.values().flatten());
        self == earlier && pairs.into_iter().all(|(now, then)| now.stamp == then.stamp)
    }

    /// A digest of what a file says; `None` where there is none.
    pub(crate) fn digest(&self, file: &Path) -> Option<&str> {
        let input = self.files.get(file)?.as_ref()?;
        Some(&input.digest)
    }

    /// The time of a file's last change, in nanoseconds since the Unix epoch; `None` where there is no file.
    pub(crate) fn modified(&self, file: &Path) -> Option<i128> {
        Some(self.files.get(file)?.as_ref()?.stamp.modified)
    }

    /// Whether a file is what it is since before `time` (nanoseconds since the Unix epoch), by a margin for the steps of clocks.
    pub(crate) fn is_older(&self, file: &Path, time: i128) -> bool {
        let input = self.files.get(file).and_then(Option::as_ref);
        input.is_none_or(|input| input.stamp.touched() + MARGIN < time)
    }

    /// Whether the same files are in the same state now.
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

    /// These files of it.
    pub(crate) fn only(&self, wanted: &std::collections::BTreeSet<PathBuf>) -> Self {
        let files = self.files.iter().filter(|(file, _)| wanted.contains(*file));
        Self {
            files: files
                .map(|(file, input)| (file.clone(), input.clone()))
                .collect(),
            is_cut: self.is_cut,
        }
    }

    /// Takes in the files of another state that are not known yet.
    pub(crate) fn add_unknown(&mut self, other: Self) {
        for (file, input) in other.files {
            self.files.entry(file).or_insert(input);
        }
    }

    /// Whether this path is one of them.
    pub(crate) fn knows(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    /// Knows nothing of this file any more.
    pub(crate) fn forget(&mut self, file: &Path) {
        self.files.remove(file);
    }

    /// The paths, whether there is a file or not.
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

/// Whether a file is one that editors write for themselves beside the file that is edited.
pub fn is_editors_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    is_momentary(path)
        || name.ends_with('~')
        || [".tmp", ".bak", ".orig"]
            .iter()
            .any(|ending| name.ends_with(ending))
}

/// Whether a file is one that comes and goes while a file beside it is edited or compiled, and that nothing reads but the
/// program that wrote it.
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

/// Whether a file is source: what a person edits, and no test or tool writes by the way.
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
    fn what_editors_write_for_themselves_is_known() {
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

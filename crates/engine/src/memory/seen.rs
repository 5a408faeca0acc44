//! What a run of tests was seen to read, wherever that is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::inputs::{Inputs, MARGIN};
use crate::system::{FileStamp, System};
use crate::test::Reads;

/// Files and directories by their stamps alone. Hundreds belong to Python and its packages, which nobody edits in passing: one
/// that was only touched may as well be looked at again. The stamp of a directory is that of its list of names.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Seen(BTreeMap<PathBuf, Option<FileStamp>>);

impl Seen {
    /// The state of these paths now; one that is not there is remembered as absent.
    pub(crate) fn now(system: &dyn System, paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let stamped = |path: PathBuf| (look(system, &path), path);
        let all = paths.into_iter().map(stamped);
        Self(all.map(|(stamp, path)| (path, stamp)).collect())
    }

    /// The state of what was read, as it was when it was read; `None` where that is not certain, because something was
    /// written since, or because the outcome may rest on more than files. What is `known` in another way is left out.
    pub(crate) fn of(system: &dyn System, reads: Reads, known: &Inputs) -> Option<Self> {
        if let Some(why) = reads.unseen.first() {
            tracing::debug!(why, "the verdict is not remembered");
            return None;
        }
        let files = reads.files.into_iter().filter(|file| !known.knows(file));
        let seen = Self::now(system, files.chain(reads.directories));
        let is_recent = |stamp: &FileStamp| stamp.touched() + MARGIN >= reads.since;
        let changed = seen
            .0
            .iter()
            .find(|(_, stamp)| stamp.as_ref().is_some_and(is_recent));
        if let Some((changed, _)) = changed {
            tracing::debug!(changed = %changed.display(), "the verdict is not remembered");
            return None;
        }
        Some(seen)
    }

    /// The paths.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().map(PathBuf::as_path)
    }

    /// Whether all of it is as it was.
    pub(crate) fn hold(&self, system: &dyn System) -> bool {
        let mut all = self.0.iter();
        all.all(|(path, stamp)| look(system, path) == *stamp)
    }
}

fn look(system: &dyn System, path: &Path) -> Option<FileStamp> {
    system
        .stamp(path)
        .or_else(|| system.stamp_of_directory(path))
}

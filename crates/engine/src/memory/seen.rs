//! The files and directories that a test run was observed to read, wherever they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::inputs::{Inputs, MARGIN};
use crate::system::{FileStamp, System};

/// What a test run read, as far as Python noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Reads {
    /// The files that were opened or loaded.
    pub files: BTreeSet<PathBuf>,
    /// The directories whose names were listed.
    pub directories: BTreeSet<PathBuf>,
    /// Why the outcome may depend on more than files, each reason in a few words.
    pub unseen: Vec<String>,
    /// When the first of them may have been read, in nanoseconds since the Unix epoch.
    #[serde(skip)]
    pub since: i128,
}

/// Files and directories with only their stamps. Hundreds of them belong to Python and its packages, which are rarely edited, so
/// it's fine to verify again even if one was only touched. A directory's stamp covers its list of names.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Seen(BTreeMap<PathBuf, Option<FileStamp>>);

impl Seen {
    /// The current state of these paths; a missing one is recorded as absent.
    pub(crate) fn now(system: &dyn System, paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let stamped = |path: PathBuf| (look(system, &path), path);
        let all = paths.into_iter().map(stamped);
        Self(all.map(|(stamp, path)| (path, stamp)).collect())
    }

    /// The state of the paths when they were read; `None` if that's uncertain, because something was written since or because the
    /// outcome may depend on more than files. Paths that are already `known` are left out.
    pub(crate) fn of(system: &dyn System, reads: Reads, known: &Inputs) -> Option<Self> {
        if let Some(why) = reads.unseen.first() {
            tracing::debug!(why, "the verdict isn't remembered");
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
            tracing::debug!(changed = %changed.display(), "the verdict isn't remembered");
            return None;
        }
        Some(seen)
    }

    /// The paths.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().map(PathBuf::as_path)
    }

    /// Whether nothing has changed.
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

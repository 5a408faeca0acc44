//! What a run of tests was seen to read, wherever that is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::inputs::{Inputs, MARGIN};
use crate::system::System;
use crate::test::Reads;

/// The state of what a run read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Seen {
    files: Inputs,
    /// The names in the directories that were listed.
    names: BTreeMap<PathBuf, Option<String>>,
}

impl Seen {
    /// The state now of what was read, which is the state in which it was read; `None` where that is not certain, because
    /// something was written since, or because the outcome may rest on more than files.
    pub(crate) fn of(system: &dyn System, reads: Reads, known: &Inputs) -> Option<Self> {
        if let Some(why) = reads.unseen.first() {
            tracing::debug!(why, "the verdict is not remembered");
            return None;
        }
        let files = reads.files.into_iter().filter(|file| !known.knows(file));
        let files = Inputs::of_files(system, files, None);
        let is_old = |dir: &Path| {
            let stamp = system.stamp_of_directory(dir);
            stamp.is_none_or(|stamp| stamp.touched() + MARGIN < reads.since)
        };
        let changed = files
            .paths()
            .find(|file| !files.is_older(file, reads.since))
            .or_else(|| {
                reads
                    .directories
                    .iter()
                    .map(PathBuf::as_path)
                    .find(|dir| !is_old(dir))
            });
        if let Some(changed) = changed {
            tracing::debug!(changed = %changed.display(), "the verdict is not remembered");
            return None;
        }
        let names = reads
            .directories
            .into_iter()
            .map(|dir| (names_in(system, &dir), dir))
            .map(|(names, dir)| (dir, names))
            .collect();
        Some(Self { files, names })
    }

    /// Whether all of it is as it was.
    pub(crate) fn hold(&self, system: &dyn System) -> bool {
        self.files.hold(system)
            && self
                .names
                .iter()
                .all(|(dir, names)| names_in(system, dir) == *names)
    }
}

/// A digest of the names in a directory; `None` where there is none. Compiled files come and go beside what they are compiled from.
fn names_in(system: &dyn System, dir: &Path) -> Option<String> {
    let mut digest = blake3::Hasher::new();
    for entry in system.list(dir).ok()? {
        let name = entry.path.file_name().unwrap_or_default();
        if name != "__pycache__" {
            digest.update(name.as_encoded_bytes());
            digest.update(&[0]);
        }
    }
    Some(digest.finalize().to_hex().to_string())
}

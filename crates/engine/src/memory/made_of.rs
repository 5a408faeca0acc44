//! What a library is made of, for the watch loop.
//!
//! This includes files that can't be relied on: a file that was saved while cargo ran may or may not be in the
//! library, and a build script may read files that aren't listed. For watching, it's enough that a file is listed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::inputs::Inputs;

/// The files that a library was made of.
#[derive(Debug, Clone)]
pub(crate) struct MadeOf {
    subject: String,
    /// The files.
    pub(crate) files: BTreeSet<PathBuf>,
    /// The files that haven't changed since the build started, with their state.
    pub(crate) as_built: Inputs,
}

impl MadeOf {
    /// The files that a build which started at `start` (nanoseconds since the Unix epoch) is known to have read. Files that builds
    /// write below `target_dir` aren't the user's and are left out.
    pub(crate) fn new(subject: &str, inputs: &Inputs, start: i128, target_dir: &Path) -> Self {
        let files: BTreeSet<PathBuf> = inputs
            .paths()
            .filter(|path| !path.starts_with(target_dir))
            .map(Path::to_owned)
            .collect();
        Self {
            subject: subject.to_owned(),
            as_built: inputs.only(&files).written_before(start),
            files,
        }
    }

    /// The files of an earlier build, none of which has changed since.
    pub(crate) fn recorded(subject: &str, inputs: &Inputs) -> Self {
        Self {
            subject: subject.to_owned(),
            files: inputs.paths().map(Path::to_owned).collect(),
            as_built: inputs.clone(),
        }
    }

    pub(crate) fn is_of(&self, subject: &str) -> bool {
        self.subject == subject
    }
}

//! What a library is made of, for whoever watches it.
//!
//! More is known than may be relied on: what was saved while cargo ran may or may not be in the library, and what a build
//! script looks at is not all listed. To be looked at, a file need only be listed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::inputs::Inputs;

/// The files that a library was made of.
#[derive(Debug, Clone)]
pub(crate) struct MadeOf {
    subject: String,
    /// The files.
    pub(crate) files: BTreeSet<PathBuf>,
    /// Those of them that are as the build found them, in that state.
    pub(crate) as_built: Inputs,
}

impl MadeOf {
    /// What a build that began at `start` (nanoseconds since the Unix epoch) is known to have read. What builds themselves
    /// write below `target_dir` is nobody's save.
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

    /// What an earlier build is known to have read, of which nothing has changed since.
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

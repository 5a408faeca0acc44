//! What a watch looks at: the sources of a subject, and the sources elsewhere that its library is made of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::inputs::{Inputs, is_source};
use crate::memory::BuildRecord;
use crate::subject::search;
use crate::system::System;
use crate::verify::Engine;

/// The state of everything that is watched.
#[derive(Debug, Clone, Default)]
pub struct Watched {
    inputs: Inputs,
    elsewhere: BTreeSet<PathBuf>,
}

impl Watched {
    /// Begins to watch the directory of a subject.
    pub fn begin(system: &dyn System, root: &Path) -> Self {
        Self::default().look_again(system, root)
    }

    /// The state now; what has not changed since is not read again.
    #[must_use]
    pub fn look_again(&self, system: &dyn System, root: &Path) -> Self {
        let near = Inputs::of_tree(system, root, &is_source, Some(&self.inputs));
        let far = Inputs::of_files(system, self.elsewhere.iter().cloned(), Some(&self.inputs));
        Self {
            inputs: near.and(far),
            elsewhere: self.elsewhere.clone(),
        }
    }

    /// Takes in the files outside `root` that the last build of a subject was made of. They count from now on, and are no
    /// change by themselves.
    pub fn learn(&mut self, engine: &Engine<'_>, name: &str, root: &Path) {
        let Some(record) = BuildRecord::read(engine.system, &engine.build_file(name)) else {
            return;
        };
        let outside = |path: &&Path| !path.starts_with(root) && is_source(path);
        self.elsewhere = record
            .inputs()
            .paths()
            .filter(outside)
            .filter(|path| engine.system.stamp(path).is_some())
            .map(Path::to_owned)
            .collect();
        let unknown = self
            .elsewhere
            .iter()
            .filter(|path| !self.inputs.paths().any(|known| known == path.as_path()))
            .cloned();
        let far = Inputs::of_files(engine.system, unknown.collect::<Vec<_>>(), None);
        self.inputs = std::mem::take(&mut self.inputs).and(far);
    }

    /// Takes over what another state knows of files elsewhere.
    pub fn adopt(&mut self, other: Self) {
        self.inputs.add_unknown(other.inputs.only(&other.elsewhere));
        self.elsewhere = other.elsewhere;
    }

    /// The files that are new, changed or gone since `earlier`.
    pub fn changed_since(&self, earlier: &Self) -> Vec<PathBuf> {
        self.inputs.changed_since(&earlier.inputs)
    }

    /// The directories in which a change shows.
    pub fn directories(&self, system: &dyn System, root: &Path) -> BTreeSet<PathBuf> {
        let far = self.elsewhere.iter().filter_map(|file| file.parent());
        search::directories(system, root)
            .into_iter()
            .chain(far.map(Path::to_owned))
            .collect()
    }
}

//! What a watch looks at: the sources of a subject, and whatever else its library is made of, be it elsewhere or no source.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::inputs::{Inputs, is_source};
use crate::subject::{Subject, search};
use crate::system::System;
use crate::verify::Engine;

/// The state of everything that is watched.
#[derive(Debug, Clone, Default)]
pub struct Watched {
    inputs: Inputs,
    /// What the search for sources does not find, and the last build says that the library is made of.
    further: BTreeSet<PathBuf>,
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
        let far = Inputs::of_files(system, self.further.iter().cloned(), Some(&self.inputs));
        Self {
            inputs: near.and(far),
            further: self.further.clone(),
        }
    }

    /// Takes in the files that the last build of a subject was made of, whatever their ending and wherever they lie. They
    /// count from now on, and are no change by themselves.
    pub fn learn(&mut self, engine: &Engine<'_>, subject: &Subject) {
        let Some(made_of) = engine.made_of(subject) else {
            return;
        };
        let is_near = |path: &Path| self.inputs.knows(path) && !self.further.contains(path);
        self.further = made_of
            .files
            .into_iter()
            .filter(|path| !is_near(path) && !is_cargos_own(path))
            .filter(|path| engine.system.stamp(path).is_some())
            .collect();
        // As they were when they were built: what was saved since is seen by the next look.
        let as_built = made_of.as_built.only(&self.further);
        self.inputs.add_unknown(as_built);
    }

    /// Takes over what another state knows of files elsewhere.
    pub fn adopt(&mut self, other: Self) {
        self.inputs.add_unknown(other.inputs.only(&other.further));
        // What the library is not made of any more is not watched, which does not make it a file that is gone.
        for dropped in self.further.difference(&other.further) {
            self.inputs.forget(dropped);
        }
        self.further = other.further;
    }

    /// The files that are new, changed or gone since `earlier`.
    pub fn changed_since(&self, earlier: &Self) -> Vec<PathBuf> {
        self.inputs.changed_since(&earlier.inputs)
    }

    /// The directories in which a change shows.
    pub fn directories(&self, system: &dyn System, root: &Path) -> BTreeSet<PathBuf> {
        let far = self.further.iter().filter_map(|file| file.parent());
        search::directories(system, root)
            .into_iter()
            .chain(far.map(plain))
            .collect()
    }
}

/// What cargo writes while it builds is nobody's save.
fn is_cargos_own(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "Cargo.lock")
}

/// A directory without the `..` that `include_str!("../data")` brings in: one directory under two names would be watched as
/// two, and the end of one watch is the end of both. A symbolic link on the way up is rare, and a change that is not told
/// is seen by looking.
fn plain(dir: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in dir.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain
}

//! What the watch loop watches: a subject's sources, and everything else that its library is made of, wherever it
//! is and whether or not it's source.

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
    /// Files that the library is made of according to the last build, but that the search for sources doesn't find.
    further: BTreeSet<PathBuf>,
}

impl Watched {
    /// Starts watching the directory of a subject.
    pub fn begin(system: &dyn System, root: &Path) -> Self {
        Self::default().look_again(system, root)
    }

    /// The current state; files that haven't changed aren't read again.
    #[must_use]
    pub fn look_again(&self, system: &dyn System, root: &Path) -> Self {
        let near = Inputs::of_tree(system, root, &is_source, Some(&self.inputs));
        let far = Inputs::of_files(system, self.further.iter().cloned(), Some(&self.inputs));
        Self {
            inputs: near.and(far),
            further: self.further.clone(),
        }
    }

    /// Adds the files that the last build of a subject was made of, whatever their type and place. They are watched from now on;
    /// adding them doesn't count as a change.
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
        // Their state is that of the build, so that the next look notices what was saved since.
        let as_built = made_of.as_built.only(&self.further);
        self.inputs.add_unknown(as_built);
    }

    /// Takes over another state's files outside the sources.
    pub fn adopt(&mut self, other: Self) {
        self.inputs.add_unknown(other.inputs.only(&other.further));
        // A file that the library is no longer made of isn't watched any more, but it must not count as deleted.
        for dropped in self.further.difference(&other.further) {
            self.inputs.forget(dropped);
        }
        self.further = other.further;
    }

    /// The files that are new, changed or gone since `earlier`.
    pub fn changed_since(&self, earlier: &Self) -> Vec<PathBuf> {
        self.inputs.changed_since(&earlier.inputs)
    }

    /// The directories where a change can appear.
    pub fn directories(&self, system: &dyn System, root: &Path) -> BTreeSet<PathBuf> {
        let far = self.further.iter().filter_map(|file| file.parent());
        search::directories(system, root)
            .into_iter()
            .chain(far.map(plain))
            .collect()
    }
}

/// Whether a file is one that cargo itself writes while it builds.
fn is_cargos_own(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "Cargo.lock")
}

/// A directory without the `..` that `include_str!("../data")` adds: one directory under two names would be watched as two, and
/// ending one watch would end both. A symbolic link in the parents is rare, and polling finds a change that isn't reported.
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

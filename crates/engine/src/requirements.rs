//! What has to be installed for a project's tests, according to the project's own files.
//!
//! Projects declare this in many places: dependency groups, extras, the settings of uv, Poetry, Hatch and tox,
//! requirements files that continuous integration installs, and lock files with versions. All of them are read;
//! none is run.

mod ci;
mod files;
mod groups;
mod hatch;
mod lock;
mod module_names;
mod named;
mod poetry;
mod tox;
mod workspace;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anatomy::normalized_distribution;

pub(crate) use module_names::distribution_of;
pub(crate) use named::Named;

use crate::manifest::{Pyproject, requirement_name};
use crate::system::System;

/// What to install for tests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requirements {
    /// The requirements (PEP 508), in order, without duplicates.
    pub wanted: Vec<String>,
    /// Their versions from a lock file: constraints, some with markers.
    pub locked: Vec<String>,
    /// The lock file.
    pub lock_file: Option<PathBuf>,
}

/// What the tests of the project in `root`, with the manifest `pyproject`, need. The project's own distribution is left out.
pub(crate) fn of_project(system: &dyn System, root: &Path, pyproject: &Pyproject) -> Requirements {
    let ci = ci::read(system, root);
    let workspace = workspace::above(system, root);
    let mut wanted = groups::of(pyproject, &ci);
    wanted.extend(poetry::of(pyproject, &ci));
    wanted.extend(hatch::of(pyproject, &ci));
    if let Some((_, manifest)) = &workspace {
        // uv installs the groups of the workspace's root for every member.
        wanted.extend(groups::shared(manifest, &ci));
    }
    let mut locked = Vec::new();
    for file in &ci.files {
        files::read(system, file, &mut wanted, &mut locked);
    }
    tox::read(system, root, &mut wanted, &mut locked);
    let above = workspace.as_ref().map(|(dir, _)| dir.as_path());
    let lock = lock::find(system, root, above);
    let lock_file = lock.as_ref().map(|lock| lock.file.clone());
    locked.extend(lock.into_iter().flat_map(|lock| lock.constraints));
    if let Some(own) = pyproject.name() {
        let own = normalized_distribution(own);
        wanted.retain(|text| requirement_name(text) != own);
    }
    let manifests =
        std::iter::once(pyproject).chain(workspace.iter().map(|(_, manifest)| manifest));
    for manifest in manifests {
        wanted.retain(|text| !manifest.takes_from_workspace(&requirement_name(text)));
    }
    wanted.sort();
    wanted.dedup();
    let mut seen = BTreeSet::new();
    locked.retain(|constraint| seen.insert(constraint.clone()));
    Requirements {
        wanted,
        locked,
        lock_file,
    }
}

/// Whether a group, an extra or an environment is for tests by convention.
fn is_for_tests(name: &str) -> bool {
    matches!(
        normalized_distribution(name).as_str(),
        "dev" | "test" | "tests" | "testing"
    )
}

/// Whether the name of a group or a file suggests tests.
fn suggests_tests(name: &str) -> bool {
    normalized_distribution(name)
        .split(['-', '/'])
        .any(|word| is_for_tests(word) || word == "ci")
}

#[cfg(test)]
mod tests;

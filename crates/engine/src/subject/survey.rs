//! What is in a directory that isn't a maturin project: projects below it, or a project that another tool builds.

use std::path::{Path, PathBuf};

use super::{is_project, search};
use crate::manifest::{self, Pyproject};
use crate::system::System;

/// What was found above and below a directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// The nearest `pyproject.toml`, in the directory or above it, and what builds that project.
    pub other: Option<(PathBuf, String)>,
    /// Directories below with projects that maturin builds.
    pub below: Vec<PathBuf>,
}

/// Surveys a directory that isn't a maturin project.
pub fn survey(system: &dyn System, here: &Path) -> Survey {
    let other = here.ancestors().find_map(|dir| {
        let file = dir.join("pyproject.toml");
        let pyproject: Pyproject = manifest::read(system, &file).ok()??;
        Some((file, pyproject.built_by()?))
    });
    let is_manifest = |path: &Path| {
        path.file_name()
            .is_some_and(|name| name == "pyproject.toml")
    };
    let below = search::files(system, here, &is_manifest)
        .iter()
        .filter_map(|file| file.parent())
        .filter(|dir| *dir != here && is_project(system, dir))
        .map(Path::to_owned)
        .collect();
    Survey { other, below }
}

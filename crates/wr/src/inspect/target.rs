//! Determines what a target is, from its name and from what's there.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::bytes::{cannot_read, not_a_file};
use super::directory::{self, Enter};
use super::report::{Trouble, shown};
use super::{Job, installed, project};

/// A target, and what has to be inspected for it.
pub(crate) struct Target {
    /// The layout of its reports.
    pub(crate) layout: Layout,
    /// What has to be inspected, in report order.
    pub(crate) jobs: Vec<Job>,
    /// What couldn't be inspected at all.
    pub(crate) troubles: Vec<Trouble>,
}

/// The layout of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One after another.
    Each,
    /// One line each, for many of the same kind.
    Table,
}

impl Target {
    /// Resolves several names, in order.
    pub(crate) fn resolve_all(named: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Vec<Self> {
        let named = named.into_iter();
        named.flat_map(|one| Self::resolve(one.as_ref())).collect()
    }

    /// Determines what a target is. A file wins over a module with the same name, because it's what you see in front of
    /// you. A directory may contain several kinds of things.
    pub(crate) fn resolve(named: &OsStr) -> Vec<Self> {
        let path = PathBuf::from(named);
        let text = named.to_string_lossy().into_owned();
        let one = match std::fs::metadata(&path) {
            Ok(found) if found.is_dir() => {
                return Self::directory(text, &path)
                    .unwrap_or_else(|trouble| vec![Self::trouble(trouble)]);
            }
            Ok(found) if found.is_file() => Self::each(vec![Job::file(text, path)]),
            Ok(found) => Self::trouble(not_a_file(&path, found.file_type())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                // A dangling link exists, although its target doesn't.
                if path.symlink_metadata().is_ok() || !could_be_installed(&text, &path) {
                    Self::trouble(no_such_file(&path))
                } else {
                    Self::each(vec![Job::Installed { name: text }])
                }
            }
            Err(error) => Self::trouble(cannot_read(&path, &error)),
        };
        vec![one]
    }

    fn each(jobs: Vec<Job>) -> Self {
        Self {
            layout: Layout::Each,
            jobs,
            troubles: Vec::new(),
        }
    }

    fn trouble(trouble: Trouble) -> Self {
        Self {
            layout: Layout::Each,
            jobs: Vec::new(),
            troubles: vec![trouble],
        }
    }

    fn directory(target: String, path: &Path) -> Result<Vec<Self>, Trouble> {
        let projects = project::members(path)?;
        if projects.is_empty() && project::is_one(path) {
            let root = path.to_owned();
            return Ok(vec![Self::each(vec![Job::Project { target, root }])]);
        }
        // A project's or workspace's build output is below it and isn't a separate target.
        let files = if project::is_one(path) {
            None
        } else {
            Some(Self::files(path, &projects)?)
        };
        let jobs = projects.into_iter().map(|root| Job::Project {
            target: shown(&root),
            root,
        });
        let found: Vec<Self> = std::iter::once(Self::each(jobs.collect()))
            .chain(files)
            .filter(|found| !found.jobs.is_empty() || !found.troubles.is_empty())
            .collect();
        if found.is_empty() {
            return Err(Trouble::new(
                target,
                "the directory contains no project, wheel or library",
            )
            .help("a project has a Cargo.toml or pyproject.toml; wheels end in .whl"));
        }
        Ok(found)
    }

    /// The wheels and libraries below a directory, outside any projects.
    fn files(path: &Path, projects: &[PathBuf]) -> Result<Self, Trouble> {
        let wanted = |path: &Path| {
            (directory::is_wheel(path) || directory::is_binary(path))
                && !projects.iter().any(|project| path.starts_with(project))
        };
        // Next to projects there are directories with files that tools generated from them.
        let enter = if projects.is_empty() {
            Enter::All
        } else {
            Enter::Written
        };
        let (files, troubles) = directory::files(path, enter, wanted)?;
        Ok(Self {
            layout: if files.len() > 1 {
                Layout::Table
            } else {
                Layout::Each
            },
            jobs: files
                .into_iter()
                .map(|path| Job::file(shown(&path), path))
                .collect(),
            troubles,
        })
    }
}

/// Whether a name that isn't a file may be an installed module or distribution.
fn could_be_installed(text: &str, path: &Path) -> bool {
    installed::is_name(text) && !directory::is_wheel(path) && !directory::is_binary(path)
}

fn no_such_file(path: &Path) -> Trouble {
    let target = shown(path);
    if path.symlink_metadata().is_ok() {
        return Trouble::new(target, "this is a link to a file that doesn't exist");
    }
    let here = std::env::current_dir().unwrap_or_default();
    Trouble::new(
        target,
        format!("there is no such file or directory relative to {}", here.display()),
    )
    .help("pass a file, a wheel, a project's directory, a directory of wheels, or an installed module")
}

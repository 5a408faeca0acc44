//! What a target is, by its name and by what lies there.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::bytes::{cannot_read, not_a_file};
use super::directory::{self, Enter};
use super::report::{Trouble, shown};
use super::{Job, installed, project};

/// A target, and what has to be looked at for it.
pub(crate) struct Target {
    /// How its reports are laid out.
    pub(crate) layout: Layout,
    /// What has to be looked at, in the order of the reports.
    pub(crate) jobs: Vec<Job>,
    /// What could not even be looked at.
    pub(crate) troubles: Vec<Trouble>,
}

/// How reports are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Each by itself.
    Each,
    /// One line for each, for many of a kind.
    Table,
}

impl Target {
    /// What several names mean, in their order.
    pub(crate) fn resolve_all(named: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Vec<Self> {
        let named = named.into_iter();
        named.flat_map(|one| Self::resolve(one.as_ref())).collect()
    }

    /// Tells what a target is. A file wins over a module of the same name: it is what a person sees before them. A directory
    /// may hold things of several kinds.
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
                // A link to nothing is there, though nothing is behind it.
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
        // What a project or a workspace built lies below it and is no target of its own.
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
                "the directory holds neither a project nor a wheel nor a library",
            )
            .help("a project has a Cargo.toml or pyproject.toml; wheels end in .whl"));
        }
        Ok(found)
    }

    /// The wheels and libraries below a directory, outside the projects in it.
    fn files(path: &Path, projects: &[PathBuf]) -> Result<Self, Trouble> {
        let wanted = |path: &Path| {
            (directory::is_wheel(path) || directory::is_binary(path))
                && !projects.iter().any(|project| path.starts_with(project))
        };
        // Beside projects there are the directories in which tools keep what they made of them.
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

/// Whether what is no file may be the name of something that is installed.
fn could_be_installed(text: &str, path: &Path) -> bool {
    installed::is_name(text) && !directory::is_wheel(path) && !directory::is_binary(path)
}

fn no_such_file(path: &Path) -> Trouble {
    let target = shown(path);
    if path.symlink_metadata().is_ok() {
        return Trouble::new(target, "this is a link to a file that is not there");
    }
    let here = std::env::current_dir().unwrap_or_default();
    Trouble::new(
        target,
        format!("there is no such file or directory, seen from {}", here.display()),
    )
    .help("name a file, a wheel, a project's directory, a directory of wheels, or an installed module")
}

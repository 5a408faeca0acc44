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
    /// Tells what a target is. A file wins over a module of the same name: it is what a person sees before them.
    pub(crate) fn resolve(named: &OsStr) -> Self {
        let path = PathBuf::from(named);
        let text = named.to_string_lossy().into_owned();
        match std::fs::metadata(&path) {
            Ok(found) if found.is_dir() => Self::directory(text, &path),
            Ok(found) if found.is_file() => Self::one(Job::file(text, path)),
            Ok(found) => Self::trouble(not_a_file(&path, found.file_type())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                // A link to nothing is there, though nothing is behind it.
                if path.symlink_metadata().is_ok() || !could_be_installed(&text, &path) {
                    Self::trouble(no_such_file(&path))
                } else {
                    Self::one(Job::Installed { name: text })
                }
            }
            Err(error) => Self::trouble(cannot_read(&path, &error)),
        }
    }

    fn one(job: Job) -> Self {
        Self {
            layout: Layout::Each,
            jobs: vec![job],
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

    fn directory(target: String, path: &Path) -> Self {
        let projects = match project::members(path) {
            Ok(members) => members,
            Err(trouble) => return Self::trouble(trouble),
        };
        if project::is_one(path) && projects.is_empty() {
            return Self::one(Job::Project {
                target,
                root: path.to_owned(),
            });
        }
        if !projects.is_empty() {
            return Self {
                layout: Layout::Each,
                jobs: projects
                    .into_iter()
                    .map(|root| Job::Project {
                        target: shown(&root),
                        root,
                    })
                    .collect(),
                troubles: Vec::new(),
            };
        }
        let wanted = |path: &Path| directory::is_wheel(path) || directory::is_binary(path);
        let (files, troubles) = match directory::files(path, Enter::All, wanted) {
            Ok(found) => found,
            Err(trouble) => return Self::trouble(trouble),
        };
        if files.is_empty() && troubles.is_empty() {
            return Self::trouble(
                Trouble::new(
                    target,
                    "the directory holds neither a project nor a wheel nor a library",
                )
                .help("a project has a Cargo.toml or pyproject.toml; wheels end in .whl"),
            );
        }
        Self {
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
        }
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

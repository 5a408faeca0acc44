//! Writes a new extension project that builds and passes its tests from the start.

mod files;
mod name;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(crate) use self::files::{Abi, Layout, Options, files};
pub(crate) use self::name::Names;
use crate::error::CommandError;

/// A project that was written.
pub(crate) struct Scaffolded {
    pub(crate) names: Names,
    pub(crate) layout: Layout,
    pub(crate) dir: PathBuf,
    /// Relative to the directory, in the order of their paths.
    pub(crate) files: Vec<PathBuf>,
}

/// Writes a project into a directory that is missing or empty. Nothing that exists is overwritten, and if a file can't be
/// written, those before it are removed again.
pub(crate) fn write(
    dir: &Path,
    names: Names,
    mut options: Options,
) -> Result<Scaffolded, CommandError> {
    require_empty(dir)?;
    options.is_in_workspace = is_in_workspace(dir);
    let mut written = Written::default();
    let mut paths = Vec::new();
    for (path, text) in files(&names, options) {
        let file = dir.join(&path);
        if let Err(error) = written.write(&file, &text) {
            written.undo();
            return Err(
                CommandError::new(format!("cannot write {}: {error}", file.display()))
                    .help("check the permissions and the free disk space; nothing was left behind"),
            );
        }
        paths.push(path);
    }
    Ok(Scaffolded {
        names,
        layout: options.layout,
        dir: dir.to_owned(),
        files: paths,
    })
}

/// Refuses a directory with anything in it but a repository.
fn require_empty(dir: &Path) -> Result<(), CommandError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(CommandError::new(format!(
                "{} already exists and isn't a directory",
                dir.display()
            ))
            .help("choose another name"));
        }
        Err(error) => {
            return Err(
                CommandError::new(format!("cannot read {}: {error}", dir.display()))
                    .help("check the permissions of the directory"),
            );
        }
    };
    let mut others = entries
        .flatten()
        .filter(|entry| entry.file_name() != ".git");
    match others.next() {
        None => Ok(()),
        Some(entry) => Err(CommandError::new(format!(
            "{} isn't empty: it contains {}",
            dir.display(),
            entry.file_name().to_string_lossy()
        ))
        .help("wr never overwrites anything: choose another name, or go to an empty directory")),
    }
}

/// Whether cargo would take a package in this directory for a member of another project's workspace.
fn is_in_workspace(dir: &Path) -> bool {
    let has_workspace = |above: &Path| {
        let text = fs::read_to_string(above.join("Cargo.toml")).unwrap_or_default();
        text.lines()
            .any(|line| line.trim().starts_with("[workspace"))
    };
    dir.ancestors().skip(1).any(has_workspace)
}

/// The files and directories created so far.
#[derive(Default)]
struct Written {
    dirs: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Written {
    fn write(&mut self, file: &Path, text: &str) -> io::Result<()> {
        let missing: Vec<&Path> = file
            .ancestors()
            .skip(1)
            .take_while(|dir| !dir.exists())
            .collect();
        for dir in missing.into_iter().rev() {
            fs::create_dir(dir)?;
            self.dirs.push(dir.to_owned());
        }
        let mut opened = OpenOptions::new().write(true).create_new(true).open(file)?;
        self.files.push(file.to_owned());
        opened.write_all(text.as_bytes())
    }

    /// Removes them, as far as they are still ours: a directory with something else in it stays.
    fn undo(self) {
        for file in self.files {
            let _ = fs::remove_file(file);
        }
        for dir in self.dirs.into_iter().rev() {
            let _ = fs::remove_dir(dir);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options {
        Options {
            layout: Layout::Mixed,
            abi: Abi::Each,
            is_in_workspace: false,
        }
    }

    #[test]
    fn existing_files_are_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("notes.txt"), "mine").unwrap();
        let names = || Names::parse("fast").unwrap();
        let refused = write(dir.path(), names(), options()).err().unwrap();
        assert!(refused.message.contains("notes.txt"), "{}", refused.message);
        assert!(write(&dir.path().join("notes.txt"), names(), options()).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let project = dir.path().join("new").join("fast");
        let mut written = Written::default();
        written.write(&project.join("src/lib.rs"), "x").unwrap();
        assert!(written.write(&project.join("src/lib.rs"), "y").is_err());
        written.undo();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_project_below_a_workspace_gets_one_of_its_own() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("Cargo.toml"), "[workspace]\n").unwrap();
        let project = dir.path().join("fast");
        write(&project, Names::parse("fast").unwrap(), options()).unwrap();
        let manifest = fs::read_to_string(project.join("Cargo.toml")).unwrap();
        assert!(manifest.contains("\n[workspace]\n"), "{manifest}");
    }
}

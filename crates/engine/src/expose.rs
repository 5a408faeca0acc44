//! Puts a built extension module where Python finds it, without building a wheel.

mod scripts;

use std::io;
use std::path::{Path, PathBuf};

use crate::environment::Environment;
use crate::subject::Extension;
use crate::system::{FileKind, FileStamp, System, UNFINISHED};

pub(crate) use scripts::scripts_beside;

/// An exposed library, with the stamps that show whether it's unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exposed {
    library: PathBuf,
    library_stamp: FileStamp,
    file: PathBuf,
    file_stamp: FileStamp,
}

impl Exposed {
    fn holds(&self, system: &dyn System, library: &Path, file: &Path) -> bool {
        self.library == library
            && self.file == file
            && system.stamp(library) == Some(self.library_stamp)
            && system.stamp(file) == Some(self.file_stamp)
    }
}

/// Copies the library below `dir` under its import name, with the metadata that a package may ask for. The copy is a new inode, so
/// a process that has the old one mapped keeps it. Anything else there is from an earlier name or interpreter and would be imported
/// instead, so it's removed. A copy from an `earlier` call stays if neither side has changed: copying many megabytes takes time.
pub(crate) fn expose(
    system: &dyn System,
    library: &Path,
    extension: &Extension,
    environment: &Environment,
    dir: &Path,
    earlier: Option<Exposed>,
) -> io::Result<Option<Exposed>> {
    for made in dir.ancestors().take(2) {
        if system.is_link(made) {
            system.remove(made)?;
        }
    }
    remove_links(system, dir)?;
    let file = extension.file_below(dir, environment.interpreter.extension_suffix());
    let mut ours = vec![file.clone()];
    if let (Some(text), Some(package)) = (extension.wrapper(), file.parent()) {
        let init = package.join("__init__.py");
        system.write(&init, text.as_bytes())?;
        ours.push(init);
    }
    if let Some(distribution) = &extension.distribution {
        let files = [
            ("METADATA", Some(distribution.metadata())),
            ("entry_points.txt", distribution.entry_points()),
        ];
        for (name, text) in files {
            let Some(text) = text else { continue };
            let file = dir.join(distribution.directory()).join(name);
            system.write(&file, text.as_bytes())?;
            ours.push(file);
        }
    }
    remove_others(system, dir, &ours)?;
    scripts::write(system, extension, &environment.python, dir)?;
    if let Some(earlier) = earlier.filter(|one| one.holds(system, library, &file)) {
        return Ok(Some(earlier));
    }
    // Taken before the copy, so that a change during it is noticed next time.
    let before = system.stamp(library);
    system.publish(library, &file)?;
    let after = system.stamp(&file);
    Ok(before
        .zip(after)
        .map(|(library_stamp, file_stamp)| Exposed {
            library: library.to_owned(),
            library_stamp,
            file,
            file_stamp,
        }))
}

/// Removes the links below `dir`: `wr` creates none there, so they point to other files.
fn remove_links(system: &dyn System, dir: &Path) -> io::Result<()> {
    for entry in system.list(dir).unwrap_or_default() {
        if system.is_link(&entry.path) {
            system.remove(&entry.path)?;
        } else if entry.kind == FileKind::Directory {
            remove_links(system, &entry.path)?;
        }
    }
    Ok(())
}

/// How long a file that is being written is left alone, in nanoseconds. An older one is from a process that was killed.
const WRITING: i128 = 60 * 1_000_000_000;

fn remove_others(system: &dyn System, dir: &Path, ours: &[PathBuf]) -> io::Result<()> {
    let entries = match system.list(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        if ours.contains(&entry.path) || is_being_written(system, &entry.path) {
            continue;
        }
        if ours.iter().any(|file| file.starts_with(&entry.path)) {
            remove_others(system, &entry.path, ours)?;
        } else {
            system.remove(&entry.path)?;
        }
    }
    Ok(())
}

/// Whether another `wr` is writing the same library there, for example a check during a watch.
fn is_being_written(system: &dyn System, path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with(UNFINISHED)
        && system
            .stamp(path)
            .is_some_and(|stamp| stamp.modified.saturating_add(WRITING) > system.clock())
}

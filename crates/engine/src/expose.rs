//! Puts a built extension module where Python finds it, without making a wheel.

use std::io;
use std::path::{Path, PathBuf};

use crate::interpreter::Interpreter;
use crate::subject::Extension;
use crate::system::System;

/// Copies the library below `dir` under its import name, as a new inode: a process that has the old one mapped keeps it.
/// Whatever else lies there is of an earlier name or interpreter, and would be imported in its place.
pub(crate) fn expose(
    system: &dyn System,
    library: &Path,
    extension: &Extension,
    interpreter: &Interpreter,
    dir: &Path,
) -> io::Result<PathBuf> {
    let file = extension.file_below(dir, interpreter.extension_suffix());
    remove_others(system, dir, &file)?;
    system.publish(library, &file)?;
    Ok(file)
}

fn remove_others(system: &dyn System, dir: &Path, file: &Path) -> io::Result<()> {
    let entries = match system.list(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        if file.starts_with(&entry.path) {
            if entry.path != file {
                remove_others(system, &entry.path, file)?;
            }
        } else {
            system.remove(&entry.path)?;
        }
    }
    Ok(())
}

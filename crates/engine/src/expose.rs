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
    let mut ours = vec![file.clone()];
    if let (Some(text), Some(package)) = (extension.wrapper(), file.parent()) {
        let init = package.join("__init__.py");
        system.write(&init, text.as_bytes())?;
        ours.push(init);
    }
    remove_others(system, dir, &ours)?;
    system.publish(library, &file)?;
    Ok(file)
}

fn remove_others(system: &dyn System, dir: &Path, ours: &[PathBuf]) -> io::Result<()> {
    let entries = match system.list(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        if ours.contains(&entry.path) {
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

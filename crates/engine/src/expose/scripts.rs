//! The commands of a project, as installers write them.

use std::io;
use std::path::{Path, PathBuf};

use crate::subject::{Distribution, Extension, Script};
use crate::system::System;

/// The directory of a project's commands, next to that of its modules.
pub(crate) fn scripts_beside(modules: &Path) -> PathBuf {
    modules.with_file_name("bin")
}

/// Writes the project's commands next to its modules, and removes everything else there. On Windows, commands are programs, which
/// `wr` doesn't create.
pub(super) fn write(
    system: &dyn System,
    extension: &Extension,
    python: &Path,
    modules: &Path,
) -> io::Result<()> {
    let dir = scripts_beside(modules);
    if system.is_link(&dir) {
        system.remove(&dir)?;
    }
    let distribution = extension.distribution.as_ref().filter(|_| cfg!(unix));
    let mut ours = Vec::new();
    for script in distribution.into_iter().flat_map(Distribution::scripts) {
        let file = dir.join(&script.name);
        if system.is_link(&file) {
            system.remove(&file)?;
        }
        system.write_program(&file, text(&script, python).as_bytes())?;
        ours.push(file);
    }
    for entry in system.list(&dir).unwrap_or_default() {
        if !ours.contains(&entry.path) {
            system.remove(&entry.path)?;
        }
    }
    Ok(())
}

/// A script that is one for the shell as well, as pip writes it for an interpreter with a long path or with spaces in it.
fn text(script: &Script, python: &Path) -> String {
    let python = python.display();
    let Script {
        module, function, ..
    } = script;
    let first = function.split('.').next().unwrap_or(function);
    format!(
        "#!/bin/sh\n'''exec' \"{python}\" \"$0\" \"$@\"\n' '''\nimport sys\n\nfrom {module} import {first}\n\n\
         if __name__ == \"__main__\":\n    sys.exit({function}())\n"
    )
}

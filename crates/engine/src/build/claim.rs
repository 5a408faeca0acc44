//! Records which crate built a library last.
//!
//! Cargo gives a `cdylib` a file name without a hash, so libraries with the same name overwrite each other in the
//! target directory, and a build that cargo calls fresh may find another crate's library there. So `wr` records
//! which crate's library is there. If it's another one's, `wr` removes it first, and cargo links the right one
//! again.

use std::io;
use std::path::{Path, PathBuf};

use crate::subject::search::file_names;
use crate::system::System;

/// Where the records are in the target directory.
const NOTES: &str = "wr-built-last";

/// Claims a library's file for the crate with this manifest.
pub(crate) fn claim(
    system: &dyn System,
    target_dir: &Path,
    library: &str,
    manifest: &Path,
) -> io::Result<()> {
    let note = target_dir.join(NOTES).join(library);
    let own = manifest.as_os_str().as_encoded_bytes();
    match system.read(&note) {
        Ok(last) if last == own => return Ok(()),
        Ok(_) => remove_library(system, target_dir, library)?,
        // No library with this name was built yet.
        Err(_) => {}
    }
    system.write(&note, own)
}

/// Makes cargo link the library with this name again.
fn remove_library(system: &dyn System, target_dir: &Path, library: &str) -> io::Result<()> {
    for file in files_of(system, target_dir, library) {
        system.remove(&file)?;
    }
    Ok(())
}

/// The files that a library with this name is written to, in the directory of every profile.
fn files_of(system: &dyn System, target_dir: &Path, library: &str) -> Vec<PathBuf> {
    let names = file_names(library);
    system
        .list(target_dir)
        .unwrap_or_default()
        .into_iter()
        .flat_map(|profile| [profile.path.join("deps"), profile.path])
        .flat_map(|dir| names.iter().map(move |name| dir.join(name)))
        .filter(|file| system.stamp(file).is_some())
        .collect()
}

//! Who built a library last.
//!
//! Cargo gives a `cdylib` a file name without a digest, so that libraries of one name take turns in one file of the target
//! directory, and a build that cargo calls fresh may find the other's library there. So it is noted whose library lies
//! there; where it is another's, it is removed first, and cargo links ours again.

use std::io;
use std::path::{Path, PathBuf};

use crate::subject::search::file_names;
use crate::system::System;

/// Where the notes lie in the target directory.
const NOTES: &str = "wr-built-last";

/// Claims a library's file for the crate with this manifest.
pub(crate) fn claim(
    system: &dyn System,
    target_dir: &Path,
    library: &str,
    manifest: &Path,
) -> io::Result<()> {
    let note = target_dir.join(NOTES).join(library);
    let ours = manifest.as_os_str().as_encoded_bytes();
    match system.read(&note) {
        Ok(last) if last == ours => return Ok(()),
        Ok(_) => disown(system, target_dir, library)?,
        // Nobody built one of this name yet.
        Err(_) => {}
    }
    system.write(&note, ours)
}

/// Makes cargo link the library of this name anew.
fn disown(system: &dyn System, target_dir: &Path, library: &str) -> io::Result<()> {
    for file in files_of(system, target_dir, library) {
        system.remove(&file)?;
    }
    Ok(())
}

/// The files that a library of this name is written to, in the directory of every profile.
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

//! The programs that a package builds.

use std::collections::BTreeSet;
use std::path::Path;

use super::CargoToml;
use crate::system::{FileKind, System, SystemExt};

/// The names of a package's programs, including those that cargo finds by itself (cargo book, "Cargo Targets").
pub(crate) fn program_names(
    system: &dyn System,
    manifest: &Path,
    read: &CargoToml,
) -> BTreeSet<String> {
    let dir = manifest.parent().unwrap_or(manifest);
    let mut names: BTreeSet<String> = read.named_programs().map(str::to_owned).collect();
    if system.is_file(&dir.join("src/main.rs")) {
        names.extend(read.package_name().map(str::to_owned));
    }
    for below in ["src/bin", "examples"] {
        for entry in system.list(&dir.join(below)).unwrap_or_default() {
            let name = match entry.kind {
                FileKind::Directory => entry.path.file_name(),
                _ if entry.path.extension().is_some_and(|ending| ending == "rs") => {
                    entry.path.file_stem()
                }
                _ => None,
            };
            names.extend(name.map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names
}

//! A build that needn't be repeated: cargo itself would find nothing to do, but a tenth of a second later.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::build::dep_info;
use crate::inputs::Inputs;
use crate::manifest::{cargo_files_with_included, has_build_script};
use crate::system::{FileStamp, System, SystemExt};

/// A finished build of a library.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BuildRecord {
    key: String,
    inputs: Inputs,
    pub(crate) library: PathBuf,
    library_stamp: FileStamp,
    pub(crate) warnings: Vec<String>,
}

impl BuildRecord {
    /// Records a build of these inputs; `None` if the library no longer exists.
    pub(crate) fn new(
        system: &dyn System,
        key: String,
        inputs: Inputs,
        library: &Path,
        warnings: &[String],
    ) -> Option<Self> {
        Some(Self {
            key,
            inputs,
            library: library.to_owned(),
            library_stamp: system.stamp(library)?,
            warnings: warnings.to_vec(),
        })
    }

    /// The record in a file, whether it still holds or not.
    pub(crate) fn read(system: &dyn System, file: &Path) -> Option<Self> {
        serde_json::from_slice(&system.read(file).ok()?).ok()
    }

    /// Whether the library is the one that a build under this key would give now.
    pub(crate) fn holds(&self, system: &dyn System, key: &str) -> bool {
        self.key == key
            && system.stamp(&self.library) == Some(self.library_stamp)
            && self.inputs.hold(system)
    }

    pub(crate) fn save(&self, system: &dyn System, file: &Path) {
        if let Ok(text) = serde_json::to_vec(self) {
            // If this fails, the next build calls cargo, which is slower but just as correct.
            let _ = system.write(file, &text);
        }
    }

    /// The files that it depends on.
    pub(crate) fn inputs(&self) -> &Inputs {
        &self.inputs
    }
}

/// The files that a library is made of according to cargo (cargo book, "Build cache", dep-info files), with the manifests and
/// settings above them.
pub(crate) struct DepInfo {
    /// The files, as they are now.
    pub(crate) inputs: Inputs,
    /// Whether these are all its inputs: they may lack files that a build script reads.
    pub(crate) is_all: bool,
}

/// Reads the dep-info file that cargo wrote next to a library; `None` if it's missing or unreadable.
pub(crate) fn read_dep_info(
    system: &dyn System,
    library: &Path,
    manifest: &Path,
    earlier: Option<&Inputs>,
) -> Option<DepInfo> {
    let text = system.read(&library.with_extension("d")).ok()?;
    let text = String::from_utf8(text).ok()?;
    let mut files = dep_info::parse(&text)?;
    let crates: BTreeSet<PathBuf> = files
        .iter()
        .map(PathBuf::as_path)
        .chain([manifest])
        .filter_map(|file| crate_of(system, file))
        .map(Path::to_owned)
        .collect();
    let is_all = !crates.iter().any(|dir| has_build_script(system, dir));
    files.extend(
        crates
            .iter()
            .flat_map(|dir| cargo_files_with_included(system, dir)),
    );
    files.sort();
    files.dedup();
    Some(DepInfo {
        inputs: Inputs::of_files(system, files, earlier),
        is_all,
    })
}

/// The directory of the crate that a source belongs to: the nearest one with a manifest.
fn crate_of<'f>(system: &dyn System, file: &'f Path) -> Option<&'f Path> {
    file.ancestors()
        .skip(1)
        .find(|dir| system.is_file(&dir.join("Cargo.toml")))
}

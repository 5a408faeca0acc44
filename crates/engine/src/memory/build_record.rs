//! A build that need not be repeated: cargo itself would find that nothing is to be done, a tenth of a second later.

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
    /// Notes a build of these inputs; `None` where the library is gone again.
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
            // Without it the next build is asked of cargo, which is slower and no less right.
            let _ = system.write(file, &text);
        }
    }

    /// The files that it rests on.
    pub(crate) fn inputs(&self) -> &Inputs {
        &self.inputs
    }
}

/// The files that cargo says a library is made of (cargo book, "Build cache", dep-info files), with the manifests and
/// settings above them.
pub(crate) struct DepInfo {
    /// The files, as they are now.
    pub(crate) inputs: Inputs,
    /// Whether that is all it rests on: what a build script looks at is not all in there.
    pub(crate) is_all: bool,
}

/// Reads what cargo wrote beside a library; `None` where it wrote nothing that can be read.
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

//! A build that need not be repeated: cargo itself would find that nothing is to be done, a tenth of a second later.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::inputs::Inputs;
use crate::manifest::{cargo_files, has_build_script};
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

    /// Whether cargo, which goes by the times of files, would take the library for fresh although it is not: a file of an
    /// earlier time was put in the place of one that it is made of.
    pub(crate) fn deceives_cargo(&self, system: &dyn System) -> bool {
        self.inputs
            .changed_behind(system, self.library_stamp.modified)
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
pub(crate) fn dep_info(
    system: &dyn System,
    library: &Path,
    manifest: &Path,
    earlier: Option<&Inputs>,
) -> Option<DepInfo> {
    let text = system.read(&library.with_extension("d")).ok()?;
    let text = String::from_utf8(text).ok()?;
    let mut files = parse_dep_info(&text)?;
    let crates: BTreeSet<PathBuf> = files
        .iter()
        .map(PathBuf::as_path)
        .chain([manifest])
        .filter_map(|file| crate_of(system, file))
        .map(Path::to_owned)
        .collect();
    let is_all = !crates.iter().any(|dir| has_build_script(system, dir));
    files.extend(crates.iter().flat_map(|dir| cargo_files(dir)));
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

/// `target: dependency dependency`, with spaces in names escaped by a backslash.
fn parse_dep_info(text: &str) -> Option<Vec<PathBuf>> {
    let line = text.lines().next()?;
    let (_, dependencies) = line.split_once(": ")?;
    let mut files = Vec::new();
    let mut name = String::new();
    let mut chars = dependencies.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&' ') => {
                name.push(' ');
                chars.next();
            }
            ' ' => {
                if !name.is_empty() {
                    files.push(PathBuf::from(std::mem::take(&mut name)));
                }
            }
            other => name.push(other),
        }
    }
    if !name.is_empty() {
        files.push(PathBuf::from(name));
    }
    Some(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dep_info_is_read_with_spaces_in_names() {
        assert_eq!(
            parse_dep_info("/t/libx.so: /a/src/lib.rs /with\\ space/src/x.rs\n"),
            Some(vec![
                PathBuf::from("/a/src/lib.rs"),
                PathBuf::from("/with space/src/x.rs")
            ])
        );
        assert_eq!(parse_dep_info("nonsense"), None);
    }
}

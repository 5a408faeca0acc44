//! One wheel, as we see it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anatomy::PythonVersion;
use anatomy::facts::{Format, Image};
use anatomy::wheel::{Hashes, Tag, WheelExtension, WheelInspection, inspect_wheel_from};
use anyhow::Context;
use diagnostic::Evidence;

/// A wheel and its findings.
#[derive(Debug)]
pub(super) struct Inspected {
    pub(super) path: PathBuf,
    pub(super) file: String,
    pub(super) inspection: WheelInspection,
}

impl Inspected {
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let reader = BufReader::new(File::open(path).with_context(|| file.clone())?);
        let inspection =
            inspect_wheel_from(reader, &file, Hashes::OfAll).with_context(|| file.clone())?;
        Ok(Self {
            path: path.to_owned(),
            file,
            inspection,
        })
    }

    /// Whether one of its tags has this ABI.
    pub(super) fn has_abi(&self, abi: &str) -> bool {
        self.inspection
            .facts
            .name
            .tags
            .iter()
            .any(|tag| tag.abi == abi)
    }

    /// The oldest CPython that its tags promise.
    pub(super) fn oldest_cpython(&self) -> Option<PythonVersion> {
        let tags = self.inspection.facts.name.tags.iter();
        tags.filter_map(Tag::cpython).min()
    }

    /// Whether it is for Linux.
    pub(super) fn is_for_linux(&self) -> bool {
        self.file.contains("linux")
    }

    /// A unique name for this file: copies of a wheel share a name.
    pub(super) fn key(&self) -> String {
        let directory = self.path.parent().and_then(Path::file_name);
        let directory = directory.unwrap_or_default().to_string_lossy();
        format!("{directory} {}", self.file)
    }

    /// How many extensions it has.
    pub(super) fn extensions(&self) -> usize {
        self.inspection.facts.extensions.len()
    }

    /// The rules among these that fire on it.
    pub(super) fn fired(&self, codes: &[&str]) -> Vec<String> {
        let fired: BTreeSet<&str> = self
            .inspection
            .diagnostics
            .iter()
            .map(|finding| finding.code.as_str())
            .filter(|code| codes.contains(code))
            .collect();
        fired.into_iter().map(str::to_owned).collect()
    }

    /// The libraries that it lacks according to WR0617, which lists the first few.
    pub(super) fn missing_libraries(&self) -> BTreeSet<String> {
        self.inspection
            .diagnostics
            .iter()
            .filter(|finding| finding.code.as_str() == "WR0617")
            .flat_map(|finding| &finding.evidence)
            .filter_map(|evidence| match evidence {
                Evidence::Mismatch { what, .. } => Some(what.to_lowercase()),
                _ => None,
            })
            .collect()
    }

    /// Its binaries of these formats.
    pub(super) fn binaries(&self, formats: &[Format]) -> impl Iterator<Item = &WheelExtension> {
        self.inspection
            .facts
            .binaries()
            .filter(|binary| formats.contains(&binary.facts.format))
    }
}

/// The name of an image's architecture in comparisons.
pub(super) fn architecture(image: &Image) -> String {
    image.architecture.to_string()
}

/// Whether Python looks for a function of this name when it imports an extension module.
pub(super) fn is_init_function(name: &str) -> bool {
    ["PyInit_", "PyInitU_", "PyModExport_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

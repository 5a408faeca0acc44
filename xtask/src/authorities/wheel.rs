//! One wheel, as we see it.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anatomy::facts::{Format, Image};
use anatomy::wheel::{Hashes, WheelExtension, WheelInspection, inspect_wheel_from};
use anyhow::Context;

/// A wheel and what was found in it.
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

    /// Whether one of its tags says so.
    pub(super) fn has_abi(&self, abi: &str) -> bool {
        self.inspection
            .facts
            .name
            .tags
            .iter()
            .any(|tag| tag.abi == abi)
    }

    /// Whether it is for Linux.
    pub(super) fn is_for_linux(&self) -> bool {
        self.file.contains("linux")
    }

    /// Its binaries of these formats.
    pub(super) fn binaries(&self, formats: &[Format]) -> impl Iterator<Item = &WheelExtension> {
        self.inspection
            .facts
            .binaries()
            .filter(|binary| formats.contains(&binary.facts.format))
    }
}

/// How an image's architecture is called in comparisons.
pub(super) fn architecture(image: &Image) -> String {
    image.architecture.to_string()
}

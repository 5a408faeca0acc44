//! The facts about a file, as typed values.

mod android;
mod apple;
mod format;
mod hardening;
mod image;
mod import;
mod init;
mod kind;
mod library;
mod provenance;
mod version;
mod wasm;

pub use android::Android;
pub use apple::ApplePlatform;
pub use format::{Endianness, Format};
pub use hardening::{Hardening, Relro};
pub use image::{Image, Platform};
pub use import::Import;
pub(crate) use import::python_api;
pub use init::{InitFunction, InitProtocol};
pub use kind::{ArchiveKind, Kind};
pub use library::Library;
pub(crate) use library::may_come_from_elsewhere;
pub use provenance::{CrateVersion, Provenance, Section};
pub use version::{Version, VersionNeed};
pub use wasm::Wasm;

pub use crate::target::Architecture;

use std::collections::HashSet;

use serde::Serialize;

/// The facts about one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// The format of the file as a whole.
    pub format: Format,
    /// What the file as a whole is.
    pub kind: Kind,
    /// Its size in bytes.
    pub size: u64,
    /// The binaries in it: one, several for a universal Mach-O file, none for an archive.
    pub images: Vec<Image>,
}

impl Facts {
    /// The init functions of all images, without duplicates.
    pub fn init_functions(&self) -> Vec<&InitFunction> {
        let mut known = HashSet::new();
        self.images
            .iter()
            .flat_map(|image| &image.init_functions)
            .filter(|function| known.insert(function.symbol.as_str()))
            .collect()
    }

    /// Whether it contains Rust code, as far as that's visible.
    pub fn is_rust(&self) -> bool {
        self.images.iter().any(|image| image.provenance.is_rust())
    }

    /// The processor architectures of the file's code.
    pub fn architectures(&self) -> impl Iterator<Item = Architecture> {
        self.images.iter().map(|image| image.architecture)
    }
}

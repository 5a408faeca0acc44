//! Wheels: read in place from the zip archive, entry by entry, and only the relevant ones.

mod archive;
mod binaries;
mod directory;
mod entry_names;
mod error;
mod facts;
mod inflate;
mod layout;
mod members;
mod metadata;
mod name;
mod policies;
mod record;
pub(crate) mod rules;
mod sbom;
mod startup;
mod supported;

pub use binaries::binaries_of_wheel;
pub use error::WheelError;
pub use facts::{UnreadableEntry, WheelExtension, WheelFacts, WheelFile, WheelInspection};
pub use layout::{Irregularity, IrregularityKind};
pub use metadata::Metadata;
pub use name::{IosTarget, ParseWheelNameError, Platform, Runtime, Tag, WheelName};
pub use policies::{Policy, policies};
pub use record::{AlteredFile, Hashes, Recorded, WeaklyHashed, recorded};
pub use sbom::BundledComponent;
pub use startup::{StartupFile, StartupKind};
pub use supported::{Refusal, SupportedTags};

use std::io::{Cursor, Read, Seek};

use archive::Archive;

/// Reads a wheel from its bytes and judges it. `file_name` is the wheel's own name, which contains its tags.
///
/// # Errors
///
/// A [`WheelError`] if the bytes aren't a zip archive, if the archive is dishonest (duplicate or overlapping entries,
/// entries outside the target directory, or ones that inflate to far too much), or if the name isn't a wheel's.
pub fn inspect_wheel(bytes: &[u8], file_name: &str) -> Result<WheelInspection, WheelError> {
    inspect_wheel_from(Cursor::new(bytes), file_name, Hashes::OfAll)
}

/// Like [`inspect_wheel`], from any seekable reader: only the relevant entries are read.
///
/// # Errors
///
/// As for [`inspect_wheel`].
pub fn inspect_wheel_from<R: Read + Seek>(
    reader: R,
    file_name: &str,
    hashes: Hashes,
) -> Result<WheelInspection, WheelError> {
    let name: WheelName = file_name.parse()?;
    let mut archive = Archive::open(reader)?;
    let mut facts = WheelFacts::read(name, &mut archive, hashes)?;
    facts.irregular = archive.into_irregular();
    let diagnostics = rules::judge(&facts);
    Ok(WheelInspection { facts, diagnostics })
}

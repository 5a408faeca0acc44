//! `ar` archives: static libraries, Rust's `rlib`, and import libraries. None can be imported; knowing which one it is
//! tells us what to change in the manifest.

use object::read::archive::ArchiveFile;

use crate::facts::{ArchiveKind, Facts, Format, Kind};

use super::{ReadError, malformed};

/// Enough members to recognise an archive by: the significant ones come first.
const MEMBERS_LOOKED_AT: usize = 64;

pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(&object::archive::MAGIC) || bytes.starts_with(&object::archive::THIN_MAGIC)
}

pub(super) fn read(bytes: &[u8]) -> Result<Facts, ReadError> {
    let archive = ArchiveFile::parse(bytes).map_err(malformed(Format::Archive))?;
    let mut kind = ArchiveKind::StaticLibrary;
    for member in archive.members().take(MEMBERS_LOOKED_AT) {
        let member = member.map_err(malformed(Format::Archive))?;
        // rustc puts its metadata into a member with this name.
        if member.name() == b"lib.rmeta" {
            kind = ArchiveKind::Rlib;
            break;
        }
        // Windows' short import objects start with a machine type of zero and a signature of all ones.
        if member
            .data(bytes)
            .is_ok_and(|data| data.starts_with(&[0, 0, 0xff, 0xff]))
        {
            kind = ArchiveKind::ImportLibrary;
            break;
        }
    }
    Ok(Facts {
        format: Format::Archive,
        kind: Kind::Archive(kind),
        size: bytes.len() as u64,
        images: Vec::new(),
    })
}

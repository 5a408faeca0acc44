//! The bytes of the binaries in a wheel, one after another, for information that facts don't contain.

use std::io::{Read, Seek};

use super::WheelError;
use super::archive::Archive;
use crate::names::is_binary_name;

/// Passes on the path and bytes of each binary in a wheel, recognised by its name or its first bytes.
///
/// # Errors
///
/// As for [`inspect_wheel`](super::inspect_wheel).
pub fn binaries_of_wheel<R: Read + Seek>(
    reader: R,
    mut each: impl FnMut(&str, &[u8]),
) -> Result<(), WheelError> {
    let mut archive = Archive::open(reader)?;
    for entry in archive.entries().to_vec() {
        let is_binary = !entry.is_link() && (is_binary_name(&entry.name) || entry.is_program());
        if is_binary {
            let bytes = archive.read(&entry, u64::MAX)?;
            each(&entry.name, &bytes);
        }
    }
    Ok(())
}

//! Whether what was remembered can be read.

use std::path::Path;

use super::{BuildRecord, VerdictRecord};
use crate::system::System;

/// Whether a file is there in the place of a record and is none: it was torn off, or written by another version.
pub(crate) fn is_unreadable(system: &dyn System, file: &Path) -> bool {
    let Ok(bytes) = system.read(file) else {
        return false;
    };
    match file.file_name().and_then(|name| name.to_str()) {
        Some("verdict.json") => serde_json::from_slice::<VerdictRecord>(&bytes).is_err(),
        Some("build.json") => serde_json::from_slice::<BuildRecord>(&bytes).is_err(),
        _ => false,
    }
}

//! Whether a remembered result can be read.

use std::path::Path;

use super::{BuildRecord, VerdictRecord};
use crate::system::System;

/// Whether a file that should be a record isn't one, because it's incomplete or from another version.
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

//! Files that learners shouldn't change, with their digests.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::source::TomlError;
use super::value::Table;
use crate::Digest;

/// The table `[protected]`: paths relative to the exercise, with digests.
pub(super) fn read(table: &Table<'_>) -> Result<BTreeMap<PathBuf, Digest>, TomlError> {
    let Some(protected) = table.get("protected") else {
        return Ok(BTreeMap::new());
    };
    let protected = protected.table("a table, written [protected]")?;
    let mut files = BTreeMap::new();
    for (key, span, value) in protected.entries() {
        if !is_inside(Path::new(key)) {
            return Err(protected.error(
                span,
                format!("`{key}` is not a path inside the exercise's folder"),
            ));
        }
        let digest = value.string()?.parse().map_err(|error| {
            value
                .error(format!("{error}"))
                .help(format!("write the current digest of {key}"))
        })?;
        files.insert(PathBuf::from(key), digest);
    }
    Ok(files)
}

/// Whether a relative path stays inside the folder it starts in.
fn is_inside(path: &Path) -> bool {
    let mut components = path.components().peekable();
    components.peek().is_some() && components.all(|part| matches!(part, Component::Normal(_)))
}

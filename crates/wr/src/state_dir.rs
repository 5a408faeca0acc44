//! Where `wr` keeps what it makes for itself.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::error::CommandError;

/// The variable that names another place.
const VARIABLE: &str = "WR_STATE_DIR";

/// `.wr` below the root of the course or project; in a tree that cannot be written, a directory of the user's cache.
pub(crate) fn find(root: &Path) -> Result<PathBuf, CommandError> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        let named = std::path::absolute(&named)
            .map_err(|error| CommandError::new(format!("{VARIABLE}: {error}")))?;
        return prepare(&named)
            .and_then(|()| without_parents(&named))
            .map_err(|error| {
                CommandError::new(format!("{} cannot be used: {error}", named.display()))
                    .help(format!("it is what {VARIABLE} names"))
            });
    }
    let beside = root.join(".wr");
    if let Some(link) = link_in(&beside) {
        return Err(CommandError::new(format!(
            "{} is a symbolic link: wr writes and removes files there, and doesn't follow links out of its own directory",
            link.display()
        ))
        .help(format!(
            "remove the link, or name another directory with {VARIABLE}"
        )));
    }
    let Err(first) = prepare(&beside) else {
        return Ok(beside);
    };
    if first.kind() == std::io::ErrorKind::StorageFull {
        return Err(
            CommandError::new(format!("{} cannot be written: {first}", beside.display()))
                .help("make room on the disk and start again; nothing of yours was lost"),
        );
    }
    let cached = in_cache(root).ok_or_else(|| unusable(&beside, &first))?;
    prepare(&cached).map_err(|_| unusable(&beside, &first))?;
    Ok(cached)
}

/// The directory without any `..` in its path: tools compare paths below it by their text, as pytest does with that of its cache.
fn without_parents(dir: &Path) -> std::io::Result<PathBuf> {
    if dir.components().any(|part| part == Component::ParentDir) {
        fs::canonicalize(dir)
    } else {
        Ok(dir.to_owned())
    }
}

/// The directory itself, or the first of its entries, where that is a link: a stranger's checkout may bring one along.
fn link_in(dir: &Path) -> Option<PathBuf> {
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    if is_link(dir) {
        return Some(dir.to_owned());
    }
    let entries = fs::read_dir(dir).ok()?.flatten();
    entries.map(|entry| entry.path()).find(|path| is_link(path))
}

fn unusable(beside: &Path, error: &std::io::Error) -> CommandError {
    CommandError::new(format!("{} cannot be written: {error}", beside.display())).help(format!(
        "make it writable, or name another directory with {VARIABLE}"
    ))
}

/// A directory of the user's cache for this root alone.
fn in_cache(root: &Path) -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let cache = etcetera::choose_base_strategy().ok()?.cache_dir();
    let digest = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
    Some(cache.join("wr").join(&digest[..16]))
}

/// Creates the directory and makes git pass over it, without asking anybody to edit a `.gitignore`.
fn prepare(dir: &Path) -> std::io::Result<()> {
    fs::create_dir_all(dir)?;
    let ignore = dir.join(".gitignore");
    if !ignore.exists() {
        fs::write(&ignore, "*\n")?;
    }
    // A directory that was made on an earlier day may be on a read-only file system today.
    let probe = dir.join(format!(".probe-{}", std::process::id()));
    fs::write(&probe, "")?;
    fs::remove_file(&probe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_parents_is_resolved_and_any_other_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(dir.path()).unwrap();
        fs::create_dir_all(root.join("course")).unwrap();
        fs::create_dir_all(root.join("state")).unwrap();
        let through = root.join("course/../state");
        assert_eq!(without_parents(&through).unwrap(), root.join("state"));
        // A link that a person chose keeps its name.
        assert_eq!(
            without_parents(&root.join("not-there")).unwrap(),
            root.join("not-there")
        );
    }
}

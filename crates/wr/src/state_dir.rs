//! The directory for the files that `wr` creates for itself.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::error::CommandError;

/// The variable that overrides it.
const VARIABLE: &str = "WR_STATE_DIR";

/// `.wr` below the root of the course or project, or a directory in the user's cache if that tree isn't writable.
pub(crate) fn find(root: &Path) -> Result<PathBuf, CommandError> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        let named = std::path::absolute(&named)
            .map_err(|error| CommandError::new(format!("{VARIABLE}: {error}")))?;
        return prepare(&named)
            .and_then(|()| without_parents(&named))
            .map_err(|error| {
                CommandError::new(format!("cannot use {}: {error}", named.display()))
                    .help(format!("{VARIABLE} names this directory"))
            });
    }
    let local = root.join(".wr");
    if let Some(link) = link_in(&local) {
        return Err(CommandError::new(format!(
            "{} is a symbolic link: wr writes and removes files there, and doesn't follow links out of its own directory",
            link.display()
        ))
        .help(format!(
            "remove the link, or set {VARIABLE} to another directory"
        )));
    }
    let Err(first) = prepare(&local) else {
        return Ok(local);
    };
    if first.kind() == std::io::ErrorKind::StorageFull {
        return Err(
            CommandError::new(format!("cannot write to {}: {first}", local.display()))
                .help("free some disk space and try again; none of your work was lost"),
        );
    }
    let cached = in_cache(root).ok_or_else(|| unusable(&local, &first))?;
    prepare(&cached).map_err(|_| unusable(&local, &first))?;
    Ok(cached)
}

/// The directory without any `..` in its path: tools such as pytest compare paths below it as strings.
fn without_parents(dir: &Path) -> std::io::Result<PathBuf> {
    if dir.components().any(|part| part == Component::ParentDir) {
        fs::canonicalize(dir)
    } else {
        Ok(dir.to_owned())
    }
}

/// The directory itself, or its first entry that is a symbolic link: an untrusted checkout may contain one.
fn link_in(dir: &Path) -> Option<PathBuf> {
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    if is_link(dir) {
        return Some(dir.to_owned());
    }
    let entries = fs::read_dir(dir).ok()?.flatten();
    entries.map(|entry| entry.path()).find(|path| is_link(path))
}

fn unusable(local: &Path, error: &std::io::Error) -> CommandError {
    CommandError::new(format!("cannot write to {}: {error}", local.display())).help(format!(
        "make it writable, or set {VARIABLE} to another directory"
    ))
}

/// A directory in the user's cache, for this root only.
fn in_cache(root: &Path) -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let cache = etcetera::choose_base_strategy().ok()?.cache_dir();
    let digest = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
    Some(cache.join("wr").join(&digest[..16]))
}

/// Creates the directory and makes git ignore it, so that you don't have to edit a `.gitignore`.
fn prepare(dir: &Path) -> std::io::Result<()> {
    fs::create_dir_all(dir)?;
    let ignore = dir.join(".gitignore");
    if !ignore.exists() {
        fs::write(&ignore, "*\n")?;
    }
    // A directory created earlier may be on a file system that is now read-only.
    let probe = dir.join(format!(".probe-{}", std::process::id()));
    fs::write(&probe, "")?;
    fs::remove_file(&probe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_with_parents_is_resolved() {
        let dir = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(dir.path()).unwrap();
        fs::create_dir_all(root.join("course")).unwrap();
        fs::create_dir_all(root.join("state")).unwrap();
        let through = root.join("course/../state");
        assert_eq!(without_parents(&through).unwrap(), root.join("state"));
        // A link that the user chose keeps its name.
        assert_eq!(
            without_parents(&root.join("not-there")).unwrap(),
            root.join("not-there")
        );
    }
}

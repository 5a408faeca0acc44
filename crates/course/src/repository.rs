//! Finds the git work tree that contains a path.

use std::path::{Component, Path, PathBuf};

use crate::CourseError;

/// The root of the innermost git work tree around `from`.
///
/// A `.git` folder marks a repository, a `.git` file a linked work tree or a submodule.
pub(crate) fn root(from: &Path) -> Result<PathBuf, CourseError> {
    let start = absolute(from);
    if let Some(root) = start.ancestors().find(|folder| is_root(folder)) {
        return Ok(root.to_owned());
    }
    // A link into the course from elsewhere is only worth following if the path as written leads nowhere.
    if let Ok(resolved) = start.canonicalize()
        && let Some(root) = resolved.ancestors().find(|folder| is_root(folder))
    {
        return Ok(root.to_owned());
    }
    Err(CourseError::NotInRepository { from: start })
}

/// The root of the next work tree above `root`.
pub(crate) fn outer_roots(root: &Path) -> impl Iterator<Item = &Path> {
    root.ancestors().skip(1).filter(|folder| is_root(folder))
}

/// `path` made absolute. Links are resolved only if `..` makes that necessary.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if absolute
        .components()
        .any(|part| part == Component::ParentDir)
    {
        // Only the file system knows what `..` means after a link.
        return resolved(&absolute);
    }
    absolute
}

/// `path` with its links resolved as far as it exists; the rest is kept as written.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    for ancestor in path.ancestors() {
        if let Ok(existing) = ancestor.canonicalize() {
            return match path.strip_prefix(ancestor) {
                Ok(rest) if rest.as_os_str().is_empty() => existing,
                Ok(rest) => existing.join(rest),
                Err(_) => path.to_owned(),
            };
        }
    }
    path.to_owned()
}

fn is_root(folder: &Path) -> bool {
    folder
        .join(".git")
        .metadata()
        .is_ok_and(|found| found.is_dir() || found.is_file())
}

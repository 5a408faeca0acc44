//! Paths as `os.path.abspath` writes them: without `.` and `..`, which are resolved by name and not by following links.

use std::path::{Component, Path, PathBuf};

/// A path relative to an absolute directory.
pub(crate) fn joined(dir: &Path, path: &str) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in dir.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_resolved_by_name() {
        let joined = |path: &str| joined(Path::new("/v/site"), path);
        for (path, expected) in [
            ("x", "/v/site/x"),
            ("./x/", "/v/site/x"),
            ("../../src", "/src"),
            ("../../../../src", "/src"),
            ("/p/./q/../src", "/p/src"),
            (".", "/v/site"),
        ] {
            assert_eq!(joined(path), Path::new(expected), "{path}");
        }
    }
}

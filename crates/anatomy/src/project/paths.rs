//! Paths inside a project: `/` between the parts, no `.`, and `..` only at the front, for files above it.

/// The directory of a path: empty for the project's root.
pub(super) fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// Converts a path relative to a directory into a path inside the project.
pub(super) fn join(directory: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in directory.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_one_path() {
        assert_eq!(join("", "./rust/Cargo.toml"), "rust/Cargo.toml");
        assert_eq!(join("rust", "src//lib.rs"), "rust/src/lib.rs");
        assert_eq!(join("rust/a", "../../x.rs"), "x.rs");
        assert_eq!(join("rust", "../../x.rs"), "../x.rs");
        assert_eq!(join("..", "../x.rs"), "../../x.rs");
    }

    #[test]
    fn the_root_has_no_name() {
        assert_eq!(directory("Cargo.toml"), "");
        assert_eq!(directory("rust/src/lib.rs"), "rust/src");
    }
}

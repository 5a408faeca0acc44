//! The uv workspace that a project is a member of (uv's documentation, "Using workspaces").

use std::path::{Path, PathBuf};

use toml::Value;

use crate::manifest::{self, Pyproject};
use crate::system::System;

/// The root of the workspace above a project, with its manifest.
pub(super) fn above(system: &dyn System, root: &Path) -> Option<(PathBuf, Pyproject)> {
    root.ancestors().skip(1).find_map(|dir| {
        let file = dir.join("pyproject.toml");
        let manifest: Pyproject = manifest::read(system, &file).ok()??;
        let workspace = manifest.uv_workspace()?.clone();
        let inside = root.strip_prefix(dir).ok()?;
        let is_listed = |key: &str| {
            let patterns = workspace.get(key).and_then(Value::as_array);
            patterns
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .any(|pattern| matches(pattern, inside))
        };
        (is_listed("members") && !is_listed("exclude")).then(|| (dir.to_owned(), manifest.clone()))
    })
}

/// Whether a directory pattern matches a path: `*` matches any part of one name, `**` any number of names.
fn matches(pattern: &str, path: &Path) -> bool {
    let pattern: Vec<&str> = pattern
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    let names: Vec<String> = path
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    matches_names(&pattern, &names)
}

fn matches_names(pattern: &[&str], names: &[&str]) -> bool {
    match (pattern.split_first(), names.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => {
            matches_names(rest, names)
                || names
                    .split_first()
                    .is_some_and(|(_, names)| matches_names(pattern, names))
        }
        (Some((part, pattern)), Some((name, names))) => {
            matches_name(part, name) && matches_names(pattern, names)
        }
        _ => false,
    }
}

fn matches_name(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.into_iter().any(|at| matches_name(after, &rest[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_patterns() {
        let check = |pattern: &str, path: &str| matches(pattern, Path::new(path));
        assert!(check("crates/*", "crates/x-python"));
        assert!(check("crates/*-python", "crates/x-python"));
        assert!(check("./crates/x", "crates/x"));
        assert!(check("**/x", "a/b/x"));
        assert!(!check("crates/*", "crates/a/b"));
        assert!(!check("crates/*-python", "crates/x-core"));
        assert!(!check("other", "crates/x"));
    }
}

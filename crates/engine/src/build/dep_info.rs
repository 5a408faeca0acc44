//! What a unit is made of, according to the compiler (cargo book, "Build Cache", dep-info files).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::messages::LocalArtifact;
use crate::system::System;

/// The files that an artifact is made of; `None` if its dep-info file is missing.
pub(super) fn files(system: &dyn System, artifact: &LocalArtifact) -> Option<BTreeSet<PathBuf>> {
    let dep_info = artifact.files.iter().find_map(|file| {
        let stem = file.file_stem()?.to_str()?;
        let names = [stem, stem.strip_prefix("lib").unwrap_or(stem)];
        let mut candidates = names
            .map(|name| file.with_file_name(format!("{name}.d")))
            .into_iter();
        candidates.find_map(|candidate| system.read(&candidate).ok())
    })?;
    let listed = parse(std::str::from_utf8(&dep_info).ok()?)?;
    // The compiler runs in the root of the workspace, and file names are relative to that.
    let dirs: Vec<&Path> = artifact.manifest.ancestors().skip(1).collect();
    let place = |file: PathBuf| {
        let mut places = dirs.iter().rev().map(|dir| dir.join(&file));
        let found = places.find(|place| system.kind(place).is_some());
        found.unwrap_or(file)
    };
    Some(listed.into_iter().map(place).collect())
}

/// Parses `target: dependency dependency`, with spaces in names escaped by a backslash.
pub(crate) fn parse(text: &str) -> Option<Vec<PathBuf>> {
    let line = text.lines().next()?;
    let (_, dependencies) = line.split_once(": ")?;
    let mut files = Vec::new();
    let mut name = String::new();
    let mut chars = dependencies.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&' ') => {
                name.push(' ');
                chars.next();
            }
            ' ' => {
                if !name.is_empty() {
                    files.push(PathBuf::from(std::mem::take(&mut name)));
                }
            }
            other => name.push(other),
        }
    }
    if !name.is_empty() {
        files.push(PathBuf::from(name));
    }
    Some(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_in_names_are_read() {
        assert_eq!(
            parse("/t/libx.so: /a/src/lib.rs /with\\ space/src/x.rs\n"),
            Some(vec![
                PathBuf::from("/a/src/lib.rs"),
                PathBuf::from("/with space/src/x.rs")
            ])
        );
        assert_eq!(parse("nonsense"), None);
    }
}

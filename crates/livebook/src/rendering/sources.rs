//! Everything that a book's pages are made from, as a digest.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mdbook_driver::config::Config;
use walkdir::{DirEntry, WalkDir};

use super::RenderError;

/// Directories that hold what tools have made, not sources.
const MADE: [&str; 4] = ["target", "node_modules", "__pycache__", "venv"];

/// How deep inclusions are followed.
const DEEPEST: usize = 10;

/// A digest of all files in the book's directory, and of those that the pages include from elsewhere.
pub(super) fn digest(root: &Path, config: &Config, renderer: &str) -> Result<String, RenderError> {
    let mut files = BTreeSet::new();
    let built = root.join(&config.build.build_dir);
    let is_source = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_made = entry.file_type().is_dir()
            && (name.starts_with('.') || MADE.contains(&&*name) || entry.path() == built);
        entry.depth() == 0 || !is_made
    };
    for entry in WalkDir::new(root).into_iter().filter_entry(is_source) {
        let entry = entry.map_err(|error| RenderError::Read {
            path: error.path().unwrap_or(root).to_owned(),
            error: error.into(),
        })?;
        if entry.file_type().is_file() {
            files.insert(entry.into_path());
        }
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(renderer.as_bytes());
    // In the order of the paths, so that the digest depends on nothing else.
    for path in &files {
        let bytes = fs::read(path).map_err(|error| RenderError::Read {
            path: path.clone(),
            error,
        })?;
        add(&mut hasher, path, &bytes);
    }
    let mut included = BTreeSet::new();
    for page in files.iter().filter(|path| is_markdown(path)) {
        follow(page, &mut included, DEEPEST);
    }
    for path in included.difference(&files) {
        // mdBook leaves an inclusion as it's written if there's no such file.
        add(&mut hasher, path, &fs::read(path).unwrap_or_default());
    }
    let digest = hasher.finalize().to_hex();
    Ok(digest[..DIGITS].to_owned())
}

/// How many digits of a digest name a directory.
const DIGITS: usize = 32;

/// Whether a directory may have been named by [`digest`].
pub(super) fn is_digest(name: &str) -> bool {
    name.len() == DIGITS && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn add(hasher: &mut blake3::Hasher, path: &Path, bytes: &[u8]) {
    // The lengths keep two files apart.
    let path = path.to_string_lossy();
    hasher.update(&path.len().to_le_bytes());
    hasher.update(path.as_bytes());
    hasher.update(&bytes.len().to_le_bytes());
    hasher.update(bytes);
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "md")
}

/// Adds the files that a file includes, and those that they include.
fn follow(page: &Path, found: &mut BTreeSet<PathBuf>, deepest: usize) {
    let Ok(text) = fs::read_to_string(page) else {
        return;
    };
    let dir = page.parent().unwrap_or(page);
    for name in inclusions(&text) {
        let path = resolve(&dir.join(name));
        if deepest > 0 && found.insert(path.clone()) {
            follow(&path, found, deepest - 1);
        }
    }
}

/// The paths in `{{#include path:lines}}` and its relatives.
fn inclusions(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{#").skip(1).filter_map(|rest| {
        let (inside, _) = rest.split_once("}}")?;
        let mut words = inside.split_whitespace();
        words.next().filter(|&kind| {
            ["include", "rustdoc_include", "playground", "playpen"].contains(&kind)
        })?;
        let path = words.next()?;
        Some(path.split_once(':').map_or(path, |(path, _)| path))
    })
}

/// Resolves `..` in a path by its names, as mdBook's authors mean it, so that a file has one path only.
fn resolve(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                resolved.pop();
            }
            std::path::Component::CurDir => {}
            other => resolved.push(other),
        }
    }
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inclusions_are_found_with_and_without_lines() {
        let text = "a {{#include ../a.rs}} b\n{{#rustdoc_include b.rs:2:4}} {{#title x}}\n\
                    {{#playground c.rs editable}} {{#include}} {{#include d.rs";
        let found: Vec<&str> = inclusions(text).collect();
        assert_eq!(found, ["../a.rs", "b.rs", "c.rs"]);
    }

    #[test]
    fn a_file_has_one_path() {
        assert_eq!(
            resolve(Path::new("/a/b/../c/./d.rs")),
            Path::new("/a/c/d.rs")
        );
    }
}

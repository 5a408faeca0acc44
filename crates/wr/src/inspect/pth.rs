//! The `.pth` files in a site directory (Python's documentation of `site`), which editable installs use. Lines that
//! name directories are followed; lines that run code aren't run.

use std::path::{Path, PathBuf};

use super::bytes;

/// They're a few lines long.
const LARGEST: u64 = 1 << 20;

/// The directories named by all of a site directory's files.
pub(super) fn directories_of_all(site: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(site)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_one(path))
        .collect();
    files.sort();
    files.iter().flat_map(|file| directories(file)).collect()
}

/// Whether Python reads a file with this name.
pub(super) fn is_one(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    path.extension().is_some_and(|ending| ending == "pth")
        && !name.to_string_lossy().starts_with('.')
}

/// The directories named by one file.
pub(super) fn directories(file: &Path) -> Vec<PathBuf> {
    let site = file.parent().unwrap_or(file);
    lines(file)
        .into_iter()
        .filter(|line| !runs_code(line))
        .map(|line| site.join(line))
        .filter(|dir| dir.is_dir())
        .collect()
}

/// Whether one file has a line of code.
pub(super) fn has_code(file: &Path) -> bool {
    lines(file).iter().any(|line| runs_code(line))
}

fn lines(file: &Path) -> Vec<String> {
    let text = bytes::text(file, LARGEST).unwrap_or_default();
    text.lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

fn runs_code(line: &str) -> bool {
    line.starts_with("import ") || line.starts_with("import\t")
}

//! Reads and writes the files of an exercise, ignoring what tools create.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What tools create in an exercise isn't part of it.
const TOOL_MADE: [&str; 11] = [
    "target",
    "__pycache__",
    ".venv",
    ".pytest_cache",
    ".ruff_cache",
    ".git",
    ".wr",
    "progress.db",
    "progress.db-wal",
    "progress.db-shm",
    "node_modules",
];

/// Whether a name belongs to something that tools create.
pub(crate) fn is_tool_made(name: &OsStr) -> bool {
    TOOL_MADE.iter().any(|made| name == *made)
}

/// The files in a folder, by relative path. Links are followed.
pub(crate) fn below(dir: &Path) -> io::Result<BTreeMap<PathBuf, PathBuf>> {
    let mut found = BTreeMap::new();
    collect(dir, Path::new(""), &mut found)?;
    Ok(found)
}

fn collect(dir: &Path, at: &Path, found: &mut BTreeMap<PathBuf, PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        if is_tool_made(&name) {
            continue;
        }
        let (path, place) = (entry.path(), at.join(&name));
        if fs::metadata(&path)?.is_dir() {
            collect(&path, &place, found)?;
        } else {
            found.insert(place, path);
        }
    }
    Ok(())
}

/// Makes `dir` hold exactly these files, apart from what tools create. A file that already matches isn't touched, so
/// that its build stays fresh.
pub(crate) fn make(dir: &Path, files: &BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    if dir.is_dir() {
        remove_links(dir)?;
    }
    let mut wanted = BTreeSet::new();
    for (place, bytes) in files {
        let to = dir.join(place);
        wanted.insert(to.clone());
        if fs::read(&to).is_ok_and(|present| present == *bytes) {
            continue;
        }
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&to, bytes)?;
    }
    remove_others(dir, &wanted)
}

/// Removes links from a copy, which should have none: what they point to belongs to someone else.
fn remove_links(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            fs::remove_file(entry.path())?;
        } else if kind.is_dir() && !is_tool_made(&entry.file_name()) {
            remove_links(&entry.path())?;
        }
    }
    Ok(())
}

fn remove_others(dir: &Path, wanted: &BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.file_name().is_some_and(is_tool_made) {
            continue;
        }
        if path.is_dir() {
            remove_others(&path, wanted)?;
            // A folder that isn't empty stays.
            let _ = fs::remove_dir(&path);
        } else if !wanted.contains(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// The contents of files.
pub(crate) fn read(files: &BTreeMap<PathBuf, PathBuf>) -> io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    files
        .iter()
        .map(|(place, path)| Ok((place.clone(), fs::read(path)?)))
        .collect()
}

/// Whether a path leads to tests, which the learner doesn't write.
pub(crate) fn is_test(place: &Path) -> bool {
    let in_tests = place
        .parent()
        .is_some_and(|dir| dir.iter().any(|part| part == "tests"));
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let is_python = place.extension().is_some_and(|end| end == "py");
    let named_so = name.starts_with("test_") || name.ends_with("_test.py") || name == "conftest.py";
    in_tests || (is_python && named_so)
}

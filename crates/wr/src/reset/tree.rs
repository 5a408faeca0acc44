//! The files of an exercise as they are on disk, without what tools made.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::cannot;
use crate::error::CommandError;

/// Names that only tools give to files and directories. Such files aren't the learner's work and can be made again.
const TOOL_MADE: [&str; 15] = [
    "target",
    "node_modules",
    "__pycache__",
    ".git",
    ".wr",
    ".idea",
    ".vscode",
    ".hypothesis",
    ".pytest_cache",
    ".ruff_cache",
    ".mypy_cache",
    ".DS_Store",
    "Thumbs.db",
    "Cargo.lock",
    "uv.lock",
];

/// The file extensions of what compilers write.
const COMPILED: [&str; 6] = ["so", "pyd", "dylib", "dll", "pyc", "pdb"];

/// Files that tools put into their directories: cargo, pytest and others the first (<https://bford.info/cachedir/>),
/// virtual environments the second.
const MARKS: [&str; 2] = ["CACHEDIR.TAG", "pyvenv.cfg"];

/// What a path contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// A file: its digest, and whether it may be executed.
    File(blake3::Hash, bool),
    /// A symbolic link and its target. Links are never followed.
    Link(PathBuf),
}

/// Files and links, by their paths relative to the tree's directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tree {
    pub(super) entries: BTreeMap<PathBuf, Content>,
}

impl Tree {
    /// Reads the tree below a directory; if that is missing, the tree is empty. What tools made is left out unless it's
    /// part of `wanted`.
    pub(super) fn read(dir: &Path, wanted: Option<&Self>) -> Result<Self, CommandError> {
        let mut tree = Self::default();
        let wanted_dirs = wanted.map(Self::directories).unwrap_or_default();
        let reading = Reading {
            root: dir,
            wanted,
            wanted_dirs,
        };
        reading.collect(Path::new(""), &mut tree)?;
        Ok(tree)
    }

    /// The directories that contain its entries.
    pub(super) fn directories(&self) -> BTreeSet<PathBuf> {
        self.entries
            .keys()
            .flat_map(|path| path.ancestors().skip(1))
            .filter(|dir| !dir.as_os_str().is_empty())
            .map(Path::to_owned)
            .collect()
    }
}

struct Reading<'r> {
    root: &'r Path,
    /// Everything is read if it's `None`.
    wanted: Option<&'r Tree>,
    wanted_dirs: BTreeSet<PathBuf>,
}

impl Reading<'_> {
    fn collect(&self, at: &Path, tree: &mut Tree) -> Result<(), CommandError> {
        let dir = self.root.join(at);
        let entries = match fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(cannot("read", &dir, &error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| cannot("read", &dir, &error))?;
            let (path, place) = (entry.path(), at.join(entry.file_name()));
            let kind = entry
                .file_type()
                .map_err(|error| cannot("read", &path, &error))?;
            if self.is_left_out(&path, &place, kind.is_dir()) {
                continue;
            }
            if kind.is_dir() {
                self.collect(&place, tree)?;
            } else if let Some(content) =
                content(&path).map_err(|error| cannot("read", &path, &error))?
            {
                tree.entries.insert(place, content);
            }
        }
        Ok(())
    }

    fn is_left_out(&self, path: &Path, place: &Path, is_dir: bool) -> bool {
        let Some(wanted) = self.wanted else {
            return false;
        };
        let is_needed = wanted.entries.contains_key(place) || self.wanted_dirs.contains(place);
        !is_needed && is_tool_made(path, is_dir)
    }
}

/// Whether a path is what a tool or an editor made for itself.
fn is_tool_made(path: &Path, is_dir: bool) -> bool {
    let name = path.file_name().unwrap_or_default();
    if TOOL_MADE.iter().any(|made| name == *made) {
        return true;
    }
    if is_dir {
        return name.to_string_lossy().ends_with(".egg-info")
            || MARKS
                .iter()
                .any(|mark| path.join(mark).symlink_metadata().is_ok());
    }
    let is_compiled = path
        .extension()
        .is_some_and(|end| COMPILED.iter().any(|known| end == *known));
    is_compiled || is_swap_file(&name.to_string_lossy())
}

/// Whether an editor has this file as long as another one is open (Vim, Emacs, office suites).
fn is_swap_file(name: &str) -> bool {
    let is_vim = name.starts_with('.')
        && [".swp", ".swo", ".swx"]
            .iter()
            .any(|end| name.ends_with(end));
    is_vim || name.starts_with(".#") || name.starts_with(".~lock.")
}

/// What a file or link contains; `None` for a pipe, a socket or a device.
pub(super) fn content(path: &Path) -> io::Result<Option<Content>> {
    let found = path.symlink_metadata()?;
    if found.is_symlink() {
        return Ok(Some(Content::Link(fs::read_link(path)?)));
    }
    if !found.is_file() {
        return Ok(None);
    }
    let digest = blake3::hash(&fs::read(path)?);
    Ok(Some(Content::File(digest, is_program(&found))))
}

#[cfg(unix)]
fn is_program(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    found.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_program(_: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str], wanted: Option<&Tree>) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let tree = Tree::read(dir.path(), wanted).unwrap();
        let shown = tree.entries.keys().map(|path| path.display().to_string());
        shown.collect()
    }

    #[test]
    fn what_tools_made_is_left_out() {
        let files = [
            "src/lib.rs",
            "notes.txt",
            "target/debug/x",
            "env/pyvenv.cfg",
            "env/bin/python",
            "cache/CACHEDIR.TAG",
            "sample/__pycache__/a.pyc",
            "_core.abi3.so",
            ".lib.rs.swp",
            ".cargo/config.toml",
        ];
        let nothing = Tree::default();
        assert_eq!(
            tree(&files, Some(&nothing)),
            [".cargo/config.toml", "notes.txt", "src/lib.rs"]
        );
        assert_eq!(tree(&files, None).len(), files.len());
    }

    #[test]
    fn an_original_file_counts_whatever_its_name_is() {
        let any = Content::File(blake3::hash(b"x"), false);
        let wanted = Tree {
            entries: [(PathBuf::from("target/kept.so"), any)].into(),
        };
        let files = ["target/kept.so", "target/other.so", "target/debug/x"];
        assert_eq!(
            tree(&files, Some(&wanted)),
            ["target/debug/x", "target/kept.so"]
        );
    }

    #[test]
    fn a_missing_directory_is_an_empty_tree() {
        let found = Tree::read(Path::new("/nonexistent/exercise"), None).unwrap();
        assert_eq!(found, Tree::default());
    }
}
